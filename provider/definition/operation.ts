import type { JsonObject } from "./json";

/** Authentication as `ListApisV2` names it in `auth_type`. */
export type AuthType = "NONE" | "APP" | "IAM" | "AUTHORIZER";

export interface Authentication {
  /** Undefined if the scheme has an `x-apigateway-auth-type` that this package does not know. */
  readonly authType: AuthType | undefined;
  /** Whether a caller may send `X-Apig-AppCode` instead of a signature. */
  readonly appCode: boolean;
}

/** Back ends as `ListApisV2` names them. */
export type BackendType = "HTTP" | "FUNCTION" | "MOCK";

/** One operation of a definition in the way APIG keeps it. */
export interface Operation {
  /** Method and full path, such as `GET /v1/pets`: unique in the definition. Results of an import are matched by it. */
  readonly key: string;
  /** In upper case. `ANY` for `x-apigateway-any-method`. */
  readonly method: string;
  /** The path at the gateway, with base path and prefix. */
  readonly path: string;
  /** Name of the API. */
  readonly name: string;
  /** `NORMAL` matches the path exactly, `SWA` by prefix. */
  readonly matchMode: "NORMAL" | "SWA";
  readonly requestType: "public" | "private";
  readonly authentication: Authentication;
  /** Undefined for a type that this package does not know. */
  readonly backendType: BackendType | undefined;
  /** Undefined if the definition leaves it to the service. OpenAPI 3 always does. */
  readonly protocol: "HTTP" | "HTTPS" | "BOTH" | undefined;
  readonly cors: boolean;
  /** Remark of the API. */
  readonly description: string;
  /** The line that a preview shows. An operation with an unchanged line is not imported again. */
  readonly line: string;
  readonly projection: Projection;
}

/** The parts of a document that describe one operation in an import. */
export interface Projection {
  /** The operation as OpenAPI 3.0 writes it, without `security`. */
  readonly operation: JsonObject;
  /** Extensions of its path item. */
  readonly path: JsonObject;
  /** Its security scheme; null if it is open to everybody. */
  readonly scheme: JsonObject | null;
  /** `schemes` of Swagger 2.0; empty if the file has none. */
  readonly protocols: readonly string[];
  /** Extensions at the root of the document, and in its `components`, that apply to the operation. */
  readonly root: JsonObject;
  readonly components: JsonObject;
}
