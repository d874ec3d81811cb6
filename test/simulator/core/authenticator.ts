import type { Call, Route, World } from "./types";

/** A request as it arrived: what credentials are checked against. */
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

/** Credentials are missing, wrong or not enough. The service words the answer; the reason goes to the journal only. */
export class Denied extends Error {
  constructor(
    readonly status: 401 | 403,
    reason: string,
  ) {
    super(reason);
  }
}

/** Says who calls, or throws `Denied` or a `Refusal` of its own. */
export type Authenticator = (request: Presented, world: World) => Call["caller"];

/** One authenticator for each kind that routes can demand. */
export type Authenticators = Readonly<Record<Exclude<Route["auth"], "none">, Authenticator>>;
