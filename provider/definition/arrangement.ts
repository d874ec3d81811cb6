/** What a program says about the operations of a definition, beside the definition itself. */

/** A parameter that the gateway adds to what it sends to the back end. */
export interface BackendParameter {
  /** Name at the back end: 1 to 32 characters, a letter first, then letters, digits and `.-_`. */
  name: string;
  /** Where the back end expects it. */
  in: "header" | "query" | "path";
  /** A constant; or, with `origin: "SYSTEM"`, the name of a value of the gateway, such as `$context.sourceIp`. */
  value: string;
  /** Default: `CONSTANT`. */
  origin?: "CONSTANT" | "SYSTEM";
}

/** A server with an address. */
export interface HttpBackend {
  /** `http://` or `https://`, host, port, and the path that goes before the operation's: `https://orders.internal:8443/api`. */
  url: string;
  /** Milliseconds, 1 to 60,000. Default: the service's, 5,000. */
  timeout?: number;
  /** How often a failed call is repeated, 0 to 10. Default: the service's, which is none. */
  retryCount?: number;
  /** Added to the operation's own parameters, which are all handed on. */
  parameters?: BackendParameter[];
}

/** Servers behind a VPC channel, also called a load balance channel. */
export interface VpcBackend {
  /** Name of the channel. */
  vpcChannel: string;
  /** Default: `http`. */
  scheme?: "http" | "https";
  /** Path that goes before the operation's. Default: none. */
  path?: string;
  /** Host header that the servers see. Default: the service's. */
  host?: string;
  /** Milliseconds, 1 to 60,000. Default: the service's, 5,000. */
  timeout?: number;
  /** How often a failed call is repeated, 0 to 10. Default: the service's, which is none. */
  retryCount?: number;
  /** Added to the operation's own parameters, which are all handed on. */
  parameters?: BackendParameter[];
}

/** A function of FunctionGraph. */
export interface FunctionBackend {
  functionUrn: string;
  /** Default: `latest`. */
  version?: string;
  /** Default: `sync`. */
  invocationType?: "sync" | "async";
  /** Default: the service's. */
  networkType?: "V1" | "V2";
  /** Milliseconds, 1 to 600,000. Default: the service's. */
  timeout?: number;
}

/** An answer that the gateway gives itself. */
export interface MockBackend {
  mock: string;
}

/** What stands behind an operation. */
export type Backend = HttpBackend | VpcBackend | FunctionBackend | MockBackend;

/**
 * How callers prove who they are: not at all, as IAM users, with the signature of an app, with that or an AppCode, or to a
 * custom authorizer, which the import knows by the URN of its function.
 */
export type Auth = "NONE" | "IAM" | "APP" | "APP+AppCode" | { authorizer: string };

/** What an operation gets where the definition does not say. */
export interface OperationDefaults {
  backend?: Backend;
  auth?: Auth;
  /** Whether browsers of other sites may call it. */
  cors?: boolean;
  /** Whether it may be made available for sale. */
  requestType?: "public" | "private";
  /** `NORMAL` matches the path exactly, `SWA` by prefix. */
  matchMode?: "NORMAL" | "SWA";
}

/** What an operation gets whatever the definition says. */
export interface OperationOverrides extends OperationDefaults {
  /** Path at the gateway, such as `/files/{path+}`; the back end is called by the path of the definition. */
  path?: string;
  /** Name of the API, 3 to 255 characters. */
  name?: string;
}

/** All that a program says about how a definition is to be imported. */
export interface Arrangement {
  readonly defaults?: OperationDefaults | undefined;
  /** By `GET /orders/{id}`, `/internal/*` or `tag:admin`; `false` leaves operations out. */
  readonly overrides?: Readonly<Record<string, OperationOverrides | false>> | undefined;
  readonly pathPrefix?: string | undefined;
  readonly unsupported?: "fail" | "skip" | undefined;
  /** Operations without a back end get a mock one, by the service. */
  readonly mockMode?: boolean | undefined;
  readonly simpleMode?: boolean | undefined;
}
