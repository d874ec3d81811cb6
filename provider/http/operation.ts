import type { z } from "zod";

/** The services that this package calls. CSMS has no host of its own: the `kms` host serves it. */
export type Service = "apig" | "kms" | "iam" | "bkci";

/** The description of one API call: its name, its address and the shape of a good answer. */
export interface Operation<Response> {
  /** The service's own operation name, for example `CreateAppCodeV2`: used in errors, logs and fault scripts. */
  readonly name: string;
  /** The same in words for the user. Completes "could not ...", for example `create the AppCode`. */
  readonly action: string;
  readonly service: Service;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path below the host; `{project_id}` comes from the place, every other `{name}` from the arguments. */
  readonly path: string;
  /** Statuses that mean success. Every other status is an error, even if the body says otherwise. */
  readonly success: readonly number[];
  /**
   * Whether a second identical call does no harm. This depends on the operation, not on the HTTP method: the PUT that
   * creates an AppCode is not idempotent, the POST that queries secrets is.
   */
  readonly idempotent: boolean;
  /**
   * For writes to an APIG instance: what two of them must share to collide at the service. These go one after the other;
   * all other writes go at the same time.
   */
  readonly collidesIn?: "group" | "environment";
  /**
   * Shape of the success body. The schema must allow unknown fields. No body is `undefined`. BK-CI's envelope is
   * removed first: the schema gets its `data`, or `null` if there is none.
   */
  readonly response: z.ZodType<Response>;
  /** A response header that is part of the answer: the schema then sees `{ header, body }`. */
  readonly responseHeader?: string;
  /** Most bytes of an answer after decompression, if more than the default is needed. */
  readonly largestAnswer?: number;
}

/** What one call sends. */
export interface CallArguments {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** JSON body. */
  readonly body?: unknown;
  /** multipart/form-data: text fields in order, then the file parts. */
  readonly form?: {
    readonly fields: Readonly<Record<string, string>>;
    readonly files: Readonly<Record<string, { readonly fileName: string; readonly content: string }>>;
  };
  /** Id of the group or environment that `collidesIn` speaks of. Without it, the call collides with all of its kind. */
  readonly scope?: string;
  /** Fields that the answer must repeat, such as the id or the name that was sent: else it is about another object. */
  readonly about?: Readonly<Record<string, string>>;
  /** What the call is about, for messages: for example `AppCode 3f… of app 77…`. Never a secret. */
  readonly subject?: string;
}

/** Makes calls with authentication, limits and retries. Every client function gets one. */
export interface Caller {
  call<Response>(operation: Operation<Response>, args?: CallArguments): Promise<Response>;
  /**
   * Notes this moment. The returned function gives it in epoch milliseconds on the service's clock, to be compared with
   * times that the service wrote, such as `create_time`. The service's clock is ours, corrected by the `Date` header of
   * its last answer (whole seconds). Before the first answer it is unknown, and ours is used.
   */
  moment(service: Service): () => number;
  /**
   * For a write that must not happen twice, after an `ambiguous` error. Waits as before a retry, and returns whether
   * the write may be tried again. The caller must look first that it did not happen.
   *
   * @param tries how often the write was tried so far
   */
  again(tries: number): Promise<boolean>;
}
