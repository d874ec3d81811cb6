import { parse as parseYaml } from "yaml";
import { badFile } from "../errors";

/** A JSON object whose fields are not known yet. */
export type Node = Readonly<Record<string, unknown>>;

export const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const asNode = (value: unknown): Node => (isNode(value) ? value : {});

export const asText = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** One operation of the file, with what its path adds to it. */
export interface Operation {
  readonly method: string;
  /** With `basePath` in front. */
  readonly path: string;
  readonly fields: Node;
  /** Those of the operation and those of its path that it does not replace. */
  readonly parameters: readonly Node[];
}

/** A definition file as far as APIG reads it: Swagger 2.0 or OpenAPI 3.0. */
export interface Document {
  readonly title: string;
  readonly description: string;
  readonly operations: readonly Operation[];
  /** For operations without their own `security`. */
  readonly security: unknown;
  readonly securitySchemes: Node;
}

const methods = new Map([
  ...["get", "put", "post", "delete", "options", "head", "patch", "trace"].map(
    (name) => [name, name.toUpperCase()] as const,
  ),
  ["x-apigateway-any-method", "ANY"],
]);

/** Longest request that the front gateway accepts, in bytes. */
const longest = 12 * 1024 * 1024;

/** Reads a file; refusals are APIG.36xx. */
export function readDocument(content: Buffer): Document {
  if (content.length > longest) throw badFile.tooLong();
  const text = content.toString("utf8");
  if (text.trim() === "") throw badFile.empty();
  const root = parse(text);
  checkVersion(root);
  if (!isNode(root["info"])) throw badFile.syntax("info is missing");
  if (!isNode(root["paths"])) throw badFile.syntax("paths is missing");
  const { info, paths } = root as { info: Node; paths: Node };
  if (asText(info["title"]) === undefined) throw badFile.syntax("info.title is missing");
  const basePath = root["swagger"] === undefined ? "" : (asText(root["basePath"]) ?? "").replace(/\/$/u, "");
  return {
    title: asText(info["title"]) ?? "",
    description: asText(info["description"]) ?? "",
    operations: Object.entries(paths).flatMap(([path, item]) => readPath(root, basePath, path, item)),
    security: root["security"],
    securitySchemes: asNode(root["securityDefinitions"] ?? asNode(root["components"])["securitySchemes"]),
  };
}

function parse(text: string): Node {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    try {
      value = parseYaml(text);
    } catch {
      throw badFile.format();
    }
  }
  if (!isNode(value)) throw badFile.format();
  return value;
}

function checkVersion(root: Node): void {
  if (root["swagger"] === "2.0") return;
  if (/^3\.0(\.\d+)?$/u.test(asText(root["openapi"]) ?? "")) return;
  throw badFile.version();
}

function readPath(root: Node, basePath: string, path: string, value: unknown): Operation[] {
  if (path.startsWith("x-")) return [];
  if (!path.startsWith("/")) throw badFile.syntax(`paths.${path} does not start with a slash`);
  const item = resolve(root, value, `paths.${path}`);
  const shared = readParameters(root, item["parameters"], `paths.${path}.parameters`);
  return Object.entries(item).flatMap(([key, operation]) => {
    const method = methods.get(key);
    if (method === undefined) return [];
    const place = `paths.${path}.${key}`;
    if (!isNode(operation)) throw badFile.syntax(`${place} is not an object`);
    const own = readParameters(root, operation["parameters"], `${place}.parameters`);
    const replaced = new Set(own.map(identity));
    const parameters = [...shared.filter((parameter) => !replaced.has(identity(parameter))), ...own];
    return [{ method, path: basePath + path, fields: operation, parameters }];
  });
}

const identity = (parameter: Node): string => `${String(parameter["in"])} ${String(parameter["name"])}`;

function readParameters(root: Node, value: unknown, place: string): Node[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw badFile.syntax(`${place} is not a list`);
  return value.map((entry: unknown) => {
    const parameter = resolve(root, entry, place);
    if (asText(parameter["name"]) === undefined || asText(parameter["in"]) === undefined) {
      throw badFile.syntax(`${place} holds one without name or in`);
    }
    const schema = parameter["schema"];
    return schema === undefined ? parameter : { ...parameter, schema: resolve(root, schema, place) };
  });
}

/** Follows local references. A file must have no others. */
function resolve(root: Node, value: unknown, place: string): Node {
  let node = value;
  for (let hops = 0; hops < 20; hops += 1) {
    if (!isNode(node)) throw badFile.syntax(`${place} is not an object`);
    const reference = asText(node["$ref"]);
    if (reference === undefined) return node;
    if (!reference.startsWith("#/")) throw badFile.syntax(`${place} refers to ${reference}`);
    node = reference
      .slice(2)
      .split("/")
      .map((part) => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~"))
      .reduce<unknown>((parent, name) => asNode(parent)[name], root);
  }
  throw badFile.syntax(`${place} refers to itself`);
}
