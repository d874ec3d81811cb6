import { invalid } from "../errors";
import { asNode, asText, type Node, type Operation } from "./document";
import { said, spelt } from "./words";

const locations: Readonly<Record<string, string>> = { path: "PATH", query: "QUERY", header: "HEADER" };

/** The types that APIG has. Others exist only in the file. */
const types: Readonly<Record<string, string>> = {
  string: "STRING",
  integer: "NUMBER",
  number: "NUMBER",
  long: "NUMBER",
  float: "NUMBER",
  double: "NUMBER",
};

/** Descriptions are longer in files than in APIG. */
export const clipped = (value: unknown, length: number): string =>
  Array.from(asText(value) ?? "")
    .slice(0, length)
    .join("");

/**
 * Request parameters of an operation. Parameters in `body`, `formData` and `cookie`, and those with types that APIG does
 * not have, exist only in the file.
 */
export function requestParameters(operation: Operation): unknown[] {
  return operation.parameters.flatMap((parameter) => {
    const location = locations[String(parameter["in"])];
    if (location === undefined) return [];
    // Swagger 2.0 keeps type and limits in the parameter itself, OpenAPI 3.0 in its schema.
    const schema = asNode(parameter["schema"] ?? parameter);
    const type = types[asText(schema["type"]) ?? "string"] ?? (location === "PATH" ? "STRING" : undefined);
    if (type === undefined) return [];
    if (location === "HEADER") checkHeader(String(parameter["name"]));
    return [requestParameter(parameter, schema, location, type)];
  });
}

/** Headers that the gateway does not allow as parameters. It writes header names like `X-Auth-Token`, however they are sent. */
const ownHeaders = /^(authorization|x-auth-token|x-apig-.*|x-sdk-.*|x-stage.*|.*_.*)$/iu;

function checkHeader(name: string): void {
  if (!ownHeaders.test(name)) return;
  throw invalid(name.toLowerCase().replace(/(^|-)[a-z]/gu, (letter) => letter.toUpperCase()));
}

/** Exports write a zero where no bound is set. */
const bound = (value: unknown): number | undefined => (typeof value === "number" && value !== 0 ? value : undefined);

const plain = (value: unknown): string | undefined =>
  ["string", "number", "boolean"].includes(typeof value) ? String(value) : undefined;

function requestParameter(parameter: Node, schema: Node, location: string, type: string) {
  const orchestrations = parameter["x-apigateway-orchestrations"];
  return {
    name: parameter["name"],
    type,
    location,
    required: location === "PATH" || parameter["required"] === true ? 1 : 2,
    valid_enable: 1,
    remark: clipped(parameter["description"], 255),
    default_value: plain(schema["default"]),
    sample_value: said(plain(spelt(parameter, "example", "x-apigateway-sample"))),
    enumerations: Array.isArray(schema["enum"]) ? schema["enum"].map(String).join(",") : undefined,
    ...(type === "NUMBER"
      ? { min_num: bound(schema["minimum"]), max_num: bound(schema["maximum"]) }
      : { min_size: bound(schema["minLength"]), max_size: bound(schema["maxLength"]) }),
    pass_through: passThrough(parameter["x-apigateway-pass-through"]),
    ...(Array.isArray(orchestrations) && orchestrations.length > 0 ? { orchestrations } : {}),
  };
}

/** Only with `always` a parameter is sent to the back end. */
function passThrough(value: unknown): number {
  if (value !== undefined && value !== "always" && value !== "never") throw invalid("x-apigateway-pass-through");
  return value === "always" ? 1 : 2;
}

/** `parameters` of a back end: what the gateway sends to it. */
export function backendParameters(backend: Node): unknown[] {
  const parameters: unknown = backend["parameters"] ?? [];
  if (!Array.isArray(parameters)) throw invalid("x-apigateway-backend.parameters");
  return parameters.map(asNode).map((parameter) => ({
    name: parameter["name"],
    origin: parameter["origin"],
    location: asText(parameter["in"])?.toUpperCase(),
    value: parameter["value"],
    remark: clipped(parameter["description"], 255),
  }));
}
