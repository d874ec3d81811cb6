import type { z } from "zod";

/** The services this package calls. CSMS has no host of its own: it lives on the `kms` host. */
export type Service = "apig" | "kms" | "iam" | "bkci";

/** One API call, described once: what it is named, where it goes, what a good answer looks like. */
export interface Operation<Response> {
  /** The service's own operation name, for example `CreateAppCodeV2`: used in errors, logs and fault scripts. */
  readonly name: string;
  /** The same in words for people, completing "could not ...": for example `create the AppCode`. */
  readonly action: string;
  readonly service: Service;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path below the host; `{project_id}` comes from the place, every other `{name}` from the arguments. */
  readonly path: string;
  /** Statuses that mean success. Every other status is an error, also if the body says otherwise. */
  readonly success: readonly number[];
  /**
   * Whether a second identical call does no harm. A property of the operation, not of the verb: creating an
   * AppCode by PUT is not idempotent, querying secrets by POST is.
   */
  readonly idempotent: boolean;
  /**
   * Shape of the success body; unknown extra fields are let through by the schema. No body is `undefined`. BK-CI's
   * envelope is taken off first: the schema sees its `data`, with `null` where there is none.
   */
  readonly response: z.ZodType<Response>;
  /** A response header that is part of the answer: the schema then sees `{ header, body }`. */
  readonly responseHeader?: string;
  /** Bytes of the largest honest answer, as unpacked, where that is more than usual. */
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
  /** Fields that the answer repeats when it is about what was asked: its id, or the name that was sent. */
  readonly about?: Readonly<Record<string, string>>;
  /** What the call is about, for messages: for example `AppCode 3f… of app 77…`. Never a secret. */
  readonly subject?: string;
}

/** Something that performs operations with authentication, limits and retries: what clients are given. */
export interface Caller {
  call<Response>(operation: Operation<Response>, args?: CallArguments): Promise<Response>;
  /**
   * Notes this moment, to be compared later with times that the service wrote, such as `create_time`. Asked for, it is
   * in epoch milliseconds on the service's clock as far as that is known by then: ours, corrected by the `Date` header
   * of its last answer (whole seconds). Before the first answer that clock is unknown.
   */
  moment(service: Service): () => number;
  /**
   * For a write that must not happen twice, after an `ambiguous` error: waits as before a retry, and answers whether
   * the write may be tried again if a look shows that it did not happen.
   *
   * @param tries how often it was tried so far
   */
  again(tries: number): Promise<boolean>;
}
