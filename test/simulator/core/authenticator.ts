import type { Call, Route, World } from "./types";

/** A request as it arrived, to check its credentials. */
export interface Presented {
  readonly method: string;
  /** Path and query exactly as on the request line, without the question mark between them. */
  readonly path: string;
  readonly search: string;
  readonly headers: Call["headers"];
  readonly params: Call["params"];
  readonly query: Call["query"];
  readonly body: Buffer;
}

/** Credentials are missing, wrong or not enough. The service makes the answer; the reason is only in the journal. */
export class Denied extends Error {
  constructor(
    readonly status: 401 | 403,
    reason: string,
  ) {
    super(reason);
  }
}

/** Returns the caller, or throws `Denied` or its own `Refusal`. */
export type Authenticator = (request: Presented, world: World) => Call["caller"];

/** One authenticator for each kind of authentication. */
export type Authenticators = Readonly<Record<Exclude<Route["auth"], "none">, Authenticator>>;
