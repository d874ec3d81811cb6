import type { WireRequest } from "./request";

/** Adds the credential to a request. Called just before the request is sent, so that dates and signatures are fresh. */
export type Stamp = (request: WireRequest) => WireRequest;

/** Proves who we are. There is one for each identity and place. It does not retry, and has no limits. */
export interface Authenticator {
  /** Prepares the credential; fetches a token if needed. Called before a request takes a slot, never while it has one. */
  prepare(): Promise<Stamp>;
  /**
   * The service refused this stamp as unauthorized. Returns whether `prepare` can give a better one.
   *
   * @param ahead milliseconds that the service's clock is ahead of ours, as its answers show
   */
  renew(refused: Stamp, ahead: number): boolean;
  /** What to do when the service refuses the credential for good: a full sentence or two. */
  readonly advice: string;
  /** What its requests lack that some servers want, and how to give it: a sentence. */
  readonly lacking?: string | undefined;
}

/** There is no usable credential. Thrown before anything is sent. */
export class NotAuthenticated extends Error {
  override readonly name = "NotAuthenticated";

  constructor(
    readonly reason: string,
    readonly nextStep: string,
  ) {
    super(reason);
  }
}
