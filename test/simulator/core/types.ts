import type { Identity } from "./identity";

/** What a route sees of one request, after authentication, parsing and fault injection. */
export interface Call {
  /** Path parameters, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** Query parameters as sent; a repeated one is an array. */
  readonly query: Readonly<Record<string, string | string[] | undefined>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed JSON body; undefined when none was sent. */
  readonly body: unknown;
  /** multipart/form-data, when that was sent. */
  readonly form?: Readonly<{
    fields: Readonly<Record<string, string>>;
    files: Readonly<Record<string, { filename: string; content: Buffer }>>;
  }>;
  /** Who calls: the project the credentials act for and the user's name. */
  readonly caller: Readonly<{ projectId?: string; userName: string }>;
  readonly world: World;
}

export interface Reply {
  readonly status: number;
  /** JSON when an object, text/plain when a string, absent for 204. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** A note for the journal, such as the number of operations in an import. Never a value. */
  readonly note?: string;
}

export interface Route {
  /** The service's operation name; journal, faults and quotas use it. */
  readonly operation: string;
  readonly service: "apig" | "csms" | "iam" | "bkci";
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** `/v2/:project_id/apigw/instances/:instance_id/apps`, parameters named as on the API page. */
  readonly path: string;
  /** The authentication that the route needs. */
  readonly auth: "huawei" | "bkci" | "none";
  /** The allowed query parameters; others are refused. Absent: the handler checks them itself. */
  readonly query?: readonly string[];
  /** Whether a call may change the service's store, which `--data` then saves. Default: every method but GET. */
  readonly writes?: boolean;
  handle(call: Call): Reply | Promise<Reply>;
}

/** Thrown by handlers for a documented refusal. The service decides the shape of the body. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** A project and the one APIG instance in it. */
export interface Place {
  readonly region: string;
  readonly projectId: string;
  readonly instanceId: string;
}

/** Everything that does not belong to one request: clock, options, quotas, random ids and the stores. */
export interface World {
  /** Milliseconds since 1970 on the simulator's clock, which `control` can move. */
  now(): number;
  /** A fresh identifier of 32 hex digits. */
  id(): string;
  /** Users, keys and places of this simulator; kept by `reset`. */
  readonly identity: Identity;
  /** The projects that exist, at least two; the first is the default. */
  readonly places: readonly Place[];
  /** Options for questions where sources differ. `control` sets them, and refuses unknown names. */
  readonly options: Options;
  /** Limits by name (see `quotas.ts`). `control` can raise them. */
  readonly quotas: Record<string, number>;
  /** The state of one service as JSON, created at its first use. `--data` saves it, and `reset` deletes it. */
  store<State extends object>(service: string, initial: () => State): State;
}

export interface Options {
  /** Status of ShowDetailsOfAppCodeV2: the seed page says 201, the live service very likely answers 200. */
  appCodeShowStatus: 200 | 201;
  /** Shape of the import answer: flat `swagger_id`/`result` as in the seed sample, or the nested `swagger` object. */
  importSwagger: "flat" | "nested";
  /** Whether a clash under `api_mode=merge` is listed in `failure` (seed sample) or in `ignore`. */
  importClash: "failure" | "ignore";
  /** Milliseconds until a change of codes, authorizations or publications reaches the gateway. */
  gatewayDelay: number;
  /** Probability that two APIG writes to one instance at the same time conflict; it grows with the number of writes. */
  writeConflicts: number;
  /** Whether the BK-CI openapi service checks access tokens (`auth.accessToken.enabled`, off by default on servers). */
  bkciTokens: boolean;
  /** Whether the BK-CI token endpoint answers the three fields bare, as its guide shows, or in the usual envelope. */
  bkciTokenAnswer: "bare" | "envelope";
  /** Language of BK-CI messages. */
  bkciLanguage: "en" | "zh";
  /** Whether BK-CI answers 403 rather than 404 for a missing credential (RBAC, caller not a manager). */
  bkciHidesMissing: boolean;
  /** Whether BK-CI answers 404 to users who are no members of a project, as its guide says, whether it exists or not. */
  bkciHidesProjects: boolean;
  /** Unit of CSMS times: the page says seconds, samples show milliseconds. */
  csmsTimeUnit: "seconds" | "milliseconds";
}
