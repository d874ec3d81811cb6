import type { JsonObject } from "./json";

/** Authentication as `ListApisV2` names it in `auth_type`. */
export type AuthType = "NONE" | "APP" | "IAM" | "AUTHORIZER";

export interface Authentication {
  /** Undefined when the scheme's `x-apigateway-auth-type` is one that only the service may know. */
  readonly authType: AuthType | undefined;
  /** Whether a caller may send `X-Apig-AppCode` instead of a signature. */
  readonly appCode: boolean;
}

/** Back ends as `ListApisV2` names them. */
export type BackendType = "HTTP" | "FUNCTION" | "MOCK";

/** One operation of a definition, as APIG will know it. */
export interface Operation {
  /** `"GET /v1/pets"`: method and full path, unique in the definition; what `success[]` of an import is paired with. */
  readonly key: string;
  /** Upper case; `ANY` for `x-apigateway-any-method`. */
  readonly method: string;
  /** At the gateway, with base path and prefix. */
  readonly path: string;
  /** Name of the API. */
  readonly name: string;
  /** `NORMAL` matches the path exactly, `SWA` by prefix. */
  readonly matchMode: "NORMAL" | "SWA";
  readonly requestType: "public" | "private";
  readonly authentication: Authentication;
  /** Undefined for a type that only the service may know. */
  readonly backendType: BackendType | undefined;
  /** Undefined where the definition leaves it to the service, as OpenAPI 3 always does. */
  readonly protocol: "HTTP" | "HTTPS" | "BOTH" | undefined;
  readonly cors: boolean;
  /** Remark of the API. */
  readonly description: string;
  /** What a preview shows of it; equal lines need no import. */
  readonly line: string;
  readonly projection: Projection;
}

/** What is sent of an operation. */
export interface Projection {
  /** As OpenAPI 3.0 writes it, without security. */
  readonly operation: JsonObject;
  /** Extensions of its path. */
  readonly path: JsonObject;
  /** Its security scheme; none leaves it open. */
  readonly scheme: JsonObject | null;
  /** `schemes` of Swagger 2.0; empty where nothing is said. */
  readonly protocols: readonly string[];
  /** Extensions of the document that apply to it, and of its `components`. */
  readonly root: JsonObject;
  readonly components: JsonObject;
}
