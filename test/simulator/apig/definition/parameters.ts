import { invalid } from "../errors";
import { asNode, asText, type Node, type Operation } from "./document";

const locations: Readonly<Record<string, string>> = { path: "PATH", query: "QUERY", header: "HEADER" };

/** The types APIG knows; the others exist only in the file. */
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
 * Request parameters of an operation. Parameters in `body` and `formData` are refused, and so is a header
 * `X-Auth-Token`, which the gateway claims for itself; cookies and types that APIG lacks are dropped.
 */
export function requestParameters(operation: Operation): unknown[] {
  return operation.parameters.flatMap((parameter) => {
    const place = String(parameter["in"]);
    if (place === "body" || place === "formData") throw invalid(String(parameter["name"]));
    if (place === "header" && /^x-auth-token$/iu.test(String(parameter["name"]))) throw invalid("X-Auth-Token");
    const location = locations[place];
    if (location === undefined) return [];
    // Swagger 2.0 keeps type and limits in the parameter itself, OpenAPI 3.0 in its schema.
    const schema = asNode(parameter["schema"] ?? parameter);
    const type = types[asText(schema["type"]) ?? "string"] ?? (location === "PATH" ? "STRING" : undefined);
    return type === undefined ? [] : [requestParameter(parameter, schema, location, type)];
  });
}

const limit = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

const plain = (value: unknown): string | undefined =>
  ["string", "number", "boolean"].includes(typeof value) ? String(value) : undefined;

function requestParameter(parameter: Node, schema: Node, location: string, type: string) {
  const through = parameter["x-apigateway-pass-through"];
  return {
    name: parameter["name"],
    type,
    location,
    required: location === "PATH" || parameter["required"] === true ? 1 : 2,
    valid_enable: 2,
    remark: clipped(parameter["description"], 255),
    default_value: plain(schema["default"]),
    sample_value: plain(parameter["example"]),
    enumerations: Array.isArray(schema["enum"]) ? schema["enum"].map(String).join(",") : undefined,
    ...(type === "NUMBER"
      ? { min_num: limit(schema["minimum"]), max_num: limit(schema["maximum"]) }
      : { min_size: limit(schema["minLength"]), max_size: limit(schema["maxLength"]) }),
    pass_through: through === "never" ? 2 : 1,
  };
}

/** `x-apigateway-backend.parameters`: what the gateway sends on. */
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
