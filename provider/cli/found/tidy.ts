/** An export as people read it: in one order, without addresses, and without what says nothing. */
import { isPlainObject, omit, type Properties } from "../../lifecycle/properties";

export interface Tidied extends Properties {
  readonly paths: Record<string, Properties>;
}

/** Members that come first, of whatever they are. The others follow in the order of the export. */
const first = [
  ...["openapi", "swagger", "info", "operationId", "name", "in", "required", "summary", "description", "tags"],
  ...["schemes", "security", "parameters", "requestBody", "type", "schema", "example"],
  ...["get", "post", "put", "patch", "delete"],
];

/** And what comes last. */
const last = ["x-apigateway-backend", "x-apigateway-backend-policies", "responses", "paths", "components"];

/** Members that say nothing when they are empty. */
const sayNothing = new Set([
  ...["description", "summary", "example", "tags", "parameters", "responses", "servers"],
  ...["x-apigateway-sample", "x-apigateway-orchestrations", "x-apigateway-responses"],
  ...["x-apigateway-result-normal-sample", "x-apigateway-result-failure-sample"],
]);

/** The group's own, which an import does not read. */
const ownAddresses = ["servers", "host"];

/**
 * @param exported an export of a group
 * @param info of the new document; the export's version is the time at which it was made
 */
export function tidied(exported: Properties, info: { readonly title: string; readonly description: string }): Tidied {
  const { paths, components, ...root } = tidy(omit(exported, ownAddresses)) as Properties;
  const sorted = Object.entries(isPlainObject(paths) ? paths : {}).sort(([one], [other]) => (one < other ? -1 : 1));
  const { title, description } = info;
  return {
    ...root,
    ...securityIn({ ...root, paths, components }),
    info: { title, ...(description !== "" && { description }), version: "1.0" },
    paths: Object.fromEntries(sorted) as Tidied["paths"],
  };
}

function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (!isPlainObject(value)) return value;
  const kept = Object.entries(withoutZeros(value)).filter(
    ([key, each]) =>
      !(sayNothing.has(key) && isEmpty(each)) &&
      // Servers of an operation are the group's, too.
      !(key === "servers" && "operationId" in value) &&
      !(key === "x-apigateway-pass-through" && each === "never"),
  );
  return Object.fromEntries(kept.map(([key, each]) => [key, tidy(each)] as const).sort(byRank));
}

function isEmpty(value: unknown): boolean {
  return value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}

/** Exports write zeros for limits that are not set, also for those that a type does not have. */
function withoutZeros(node: Properties): Properties {
  const isUnset = (key: string) => (node[key] ?? 0) === 0;
  const unset = [
    ...["minLength", "maxLength"].filter(isUnset),
    ...(["minimum", "maximum"].every(isUnset) ? ["minimum", "maximum"] : []),
  ];
  return omit(node, unset);
}

function byRank([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return rankOf(one) - rankOf(other);
}

function rankOf(key: string): number {
  if (first.includes(key)) return first.indexOf(key);
  return first.length + 1 + last.indexOf(key);
}

/** The security schemes that operations name, and the responses that they refer to. */
function securityIn(root: Properties): Properties {
  const components = isPlainObject(root["components"]) ? root["components"] : {};
  const text = JSON.stringify(root["paths"]);
  const used = (schemes: unknown, isUsed: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(isPlainObject(schemes) ? schemes : {}).filter(([name]) => isUsed(name)));
  const isNamed = (name: string) => text.includes(`{${JSON.stringify(name)}:[]}`);
  const isReferred = (at: string) => (name: string) => text.includes(JSON.stringify(`#${at}/${name}`));
  if ("swagger" in root) {
    return {
      responses: used(root["responses"], isReferred("/responses")),
      securityDefinitions: used(root["securityDefinitions"], isNamed),
    };
  }
  const kept = {
    ...components,
    responses: used(components["responses"], isReferred("/components/responses")),
    securitySchemes: used(components["securitySchemes"], isNamed),
  };
  const said = Object.entries(kept).filter(([, value]) => !isEmpty(value));
  return said.length === 0 ? {} : { components: Object.fromEntries(said) };
}
