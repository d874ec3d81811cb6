import type { WireRequest } from "./request";

/** Puts the credential on a request: just before it is sent, so that dates and signatures are fresh. */
export type Stamp = (request: WireRequest) => WireRequest;

/** Proves who we are. One for each identity and place; knows nothing of retries and limits. */
export interface Authenticator {
  /** Gets the credential ready, fetching a token if need be. Called before a request takes a slot, never while it holds one. */
  prepare(): Promise<Stamp>;
  /**
   * The service refused this stamp as unauthorized. Whether a better one is to be had: then `prepare` gives it.
   *
   * @param ahead milliseconds that the service's clock is ahead of ours, as its answers show
   */
  renew(refused: Stamp, ahead: number): boolean;
  /** What to do when the service refuses the credential for good: a full sentence or two. */
  readonly advice: string;
}

/** There is no usable credential, and that is known before anything was sent. */
export class NotAuthenticated extends Error {
  override readonly name = "NotAuthenticated";

  constructor(
    readonly reason: string,
    readonly nextStep: string,
  ) {
    super(reason);
  }
}
