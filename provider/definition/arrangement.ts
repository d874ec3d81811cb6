/** What a program says about the operations of a definition, in addition to the definition itself. */

/** A parameter that the gateway adds to what it sends to the back end. */
export interface BackendParameter {
  /** Name at the back end: 1 to 32 characters, a letter first, then letters, digits and `.-_`. */
  name: string;
  /** Where the back end expects it. */
  in: "header" | "query" | "path";
  /** A constant, or the name of a gateway value such as `$context.sourceIp` if `origin` is `SYSTEM`. */
  value: string;
  /** Default: `CONSTANT`. */
  origin?: "CONSTANT" | "SYSTEM";
}

/** A server with an address of its own. */
export interface HttpBackend {
  /**
   * Scheme (`http` or `https`), host, port, and a path that goes before the operation's path:
   * `https://orders.internal:8443/api`.
   */
  url: string;
  /** Milliseconds, 1 to 60,000. Default: 5,000, set by the service. */
  timeout?: number;
  /** How often a failed call is repeated, 0 to 10. Default: 0, set by the service. */
  retryCount?: number;
  /** Added to the operation's own parameters. Those are all passed on. */
  parameters?: BackendParameter[];
}

/** Servers behind a VPC channel, also called a load balance channel. */
export interface VpcBackend {
  /** Name of the channel. */
  vpcChannel: string;
  /** Default: `http`. */
  scheme?: "http" | "https";
  /** Path that goes before the operation's path. Default: none. */
  path?: string;
  /** Host header that the servers see. Default: set by the service. */
  host?: string;
  /** Milliseconds, 1 to 60,000. Default: 5,000, set by the service. */
  timeout?: number;
  /** How often a failed call is repeated, 0 to 10. Default: 0, set by the service. */
  retryCount?: number;
  /** Added to the operation's own parameters. Those are all passed on. */
  parameters?: BackendParameter[];
}

/** A function of FunctionGraph. */
export interface FunctionBackend {
  functionUrn: string;
  /** Default: `latest`. */
  version?: string;
  /** Default: `sync`. */
  invocationType?: "sync" | "async";
  /** Default: set by the service. */
  networkType?: "V1" | "V2";
  /** Milliseconds, 1 to 600,000. Default: set by the service. */
  timeout?: number;
}

/** A fixed answer that the gateway gives itself. */
export interface MockBackend {
  mock: string;
}

/** What answers the calls of an operation. */
export type Backend = HttpBackend | VpcBackend | FunctionBackend | MockBackend;

/**
 * How callers prove who they are. `NONE`: not at all. `IAM`: as IAM users. `APP`: with the signature of an app.
 * `APP+AppCode`: with that or an AppCode. `authorizer`: to a custom authorizer, given by the URN of its function.
 */
export type Auth = "NONE" | "IAM" | "APP" | "APP+AppCode" | { authorizer: string };

/** Settings for operations where the definition says nothing. */
export interface OperationDefaults {
  backend?: Backend;
  auth?: Auth;
  /** Whether browsers may call it from pages of other sites. */
  cors?: boolean;
  /** `public` APIs may be offered for sale, `private` ones may not. */
  requestType?: "public" | "private";
  /** `NORMAL` matches the path exactly, `SWA` by prefix. */
  matchMode?: "NORMAL" | "SWA";
}

/** Settings for operations that win over the definition. */
export interface OperationOverrides extends OperationDefaults {
  /** Path at the gateway, such as `/files/{path+}`. The back end still gets the path of the definition. */
  path?: string;
  /** Name of the API, 3 to 255 characters. */
  name?: string;
}

/** All that a program says about the import of a definition. */
export interface Arrangement {
  readonly defaults?: OperationDefaults | undefined;
  /** Keys are like `GET /orders/{id}`, `/internal/*` or `tag:admin`; `false` leaves these operations out. */
  readonly overrides?: Readonly<Record<string, OperationOverrides | false>> | undefined;
  readonly pathPrefix?: string | undefined;
  readonly unsupported?: "fail" | "skip" | undefined;
  /** The service gives operations without a back end a mock one. */
  readonly mockMode?: boolean | undefined;
  readonly simpleMode?: boolean | undefined;
}
