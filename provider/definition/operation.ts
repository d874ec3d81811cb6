import { isObject, listMember, member, objectMember, textMember, type Json, type JsonObject } from "./json";
import { pointer } from "./problem";
import { resolveObject } from "./references";

export const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;
/** Stands in a path item beside the methods and means all of them. */
export const ANY_METHOD = "x-apigateway-any-method";

/** Authentication as `ListApisV2` names it in `auth_type`. */
export type AuthType = "NONE" | "APP" | "IAM" | "AUTHORIZER";

/** One operation of a definition, as APIG will know it. */
export interface Operation {
  /** `"GET /v1/pets"`: method and full path, unique in the definition; what `success[]` of an import is paired with. */
  readonly key: string;
  /** Upper case; `ANY` for `x-apigateway-any-method`. */
  readonly method: string;
  /** With the `basePath` of Swagger 2.0, as APIG answers it. */
  readonly path: string;
  /** `operationId`, which becomes the API's name; unnamed operations get a name from the service. */
  readonly name: string | undefined;
  /** `NORMAL` matches the path exactly, `SWA` by prefix. */
  readonly matchMode: "NORMAL" | "SWA";
  readonly requestType: "public" | "private";
  readonly authentication: {
    /** Undefined when `security` names a scheme without a known `x-apigateway-auth-type`: only the service can tell. */
    readonly authType: AuthType | undefined;
    /** Whether a caller may send `X-Apig-AppCode` instead of a signature. */
    readonly appCode: boolean;
  };
  /** Undefined for a type that only the service may know; without `x-apigateway-backend` only a mock one is possible. */
  readonly backendType: "HTTP" | "FUNCTION" | "MOCK" | undefined;
  /** Undefined where the definition leaves it to the service, as OpenAPI 3.0 always does. */
  readonly protocol: "HTTP" | "HTTPS" | "BOTH" | undefined;
  readonly cors: boolean;
  /** `description`, the beginning of which becomes the API's remark. */
  readonly description: string;
  /** Short digest of everything APIG keeps of it: equal digests need no import. */
  readonly fingerprint: string;
}

/** An operation where it stands in the document. */
export interface OperationSource {
  readonly key: string;
  readonly method: string;
  readonly path: string;
  /** The key in `paths`, and the key in the path item. */
  readonly pathKey: string;
  readonly member: string;
  readonly pathItem: JsonObject;
  readonly node: JsonObject;
  readonly pointer: string;
}

/** Every operation in document order. */
export function* operationSources(document: JsonObject): Generator<OperationSource> {
  const base = (textMember(document, "basePath") ?? "").replace(/(?<!\/)\/+$/, "");
  for (const [pathKey, item] of Object.entries(objectMember(document, "paths") ?? {})) {
    for (const name of [...METHODS, ANY_METHOD]) {
      const node = objectMember(item, name);
      if (!node || !isObject(item) || !pathKey.startsWith("/")) continue;
      const method = name === ANY_METHOD ? "ANY" : name.toUpperCase();
      const path = base + pathKey;
      yield {
        key: `${method} ${path}`,
        method,
        path,
        pathKey,
        member: name,
        pathItem: item,
        node,
        pointer: pointer("paths", pathKey, name),
      };
    }
  }
}

/** Parameters of an operation, references followed: those of the path item, replaced by its own of the same name and place. */
export function parametersOf(document: JsonObject, { pathItem, node }: OperationSource): JsonObject[] {
  const merged = new Map<string, JsonObject>();
  for (const parameter of [...listMember(pathItem, "parameters"), ...listMember(node, "parameters")]) {
    const resolved = resolveObject(document, parameter);
    if (resolved) merged.set(`${textMember(resolved, "in") ?? ""} ${textMember(resolved, "name") ?? ""}`, resolved);
  }
  return [...merged.values()];
}

/** One way to call an operation: the schemes that must all be satisfied, references followed. */
export type SecurityRequirement = readonly {
  readonly name: string;
  readonly scopes: Json;
  readonly scheme: JsonObject | undefined;
}[];

/** The list that holds for an operation: its own `security`, else the document's. */
export function securityListOf(document: JsonObject, node: JsonObject): readonly Json[] {
  return listMember(Object.hasOwn(node, "security") ? node : document, "security");
}

/** Each requirement of a `security` list with the schemes it names. */
export function securityRequirements(document: JsonObject, list: readonly Json[]): SecurityRequirement[] {
  const schemes =
    objectMember(objectMember(document, "components"), "securitySchemes") ??
    objectMember(document, "securityDefinitions");
  return list.filter(isObject).map((requirement) =>
    Object.entries(requirement).map(([name, scopes]) => ({
      name,
      scopes,
      scheme: resolveObject(document, member(schemes, name)),
    })),
  );
}

const BACKEND_TYPES: Readonly<Record<string, Operation["backendType"]>> = {
  HTTP: "HTTP",
  "HTTP-VPC": "HTTP",
  FUNCTION: "FUNCTION",
  MOCK: "MOCK",
};

/** What kind of back end the API gets. */
export function backendTypeOf(node: JsonObject): Operation["backendType"] {
  const backend = objectMember(node, "x-apigateway-backend");
  return backend === undefined ? "MOCK" : BACKEND_TYPES[textMember(backend, "type")?.toUpperCase() ?? ""];
}

/** What callers have to speak, after `schemes` of Swagger 2.0. */
export function protocolOf(document: JsonObject, node: JsonObject): Operation["protocol"] {
  const schemes = schemesOf(document, node);
  const [http, https] = [schemes.includes("http"), schemes.includes("https")];
  if (http) return https ? "BOTH" : "HTTP";
  return https ? "HTTPS" : undefined;
}

/** The list that holds for an operation: its own `schemes`, else the document's. */
export function schemesOf(document: JsonObject, node: JsonObject): readonly Json[] {
  return listMember(Object.hasOwn(node, "schemes") ? node : document, "schemes");
}

const AUTH_TYPES: Readonly<Record<string, AuthType>> = { appsigv1: "APP", iam: "IAM", authorizer: "AUTHORIZER" };

/** What the first security scheme with an `x-apigateway-auth-type` asks of a caller. */
export function authenticationOf(requirements: readonly SecurityRequirement[]): Operation["authentication"] {
  if (requirements.every((requirement) => requirement.length === 0)) return { authType: "NONE", appCode: false };
  const scheme = requirements
    .flat()
    .find(({ scheme }) => textMember(scheme, "x-apigateway-auth-type") !== undefined)?.scheme;
  const authType = AUTH_TYPES[textMember(scheme, "x-apigateway-auth-type")?.toLowerCase() ?? ""];
  const appCode =
    textMember(objectMember(scheme, "x-apigateway-auth-opt"), "appcode-auth-type")?.toLowerCase() === "header";
  return { authType, appCode: authType === "APP" && appCode };
}
