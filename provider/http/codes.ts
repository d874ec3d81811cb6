import type { ApiErrorDetails } from "./errors";
import type { Service } from "./operation";

/** The meaning of an error code for this package. */
export interface Meaning {
  readonly kind: ApiErrorDetails["kind"];
  /** What the user can do, where there is better advice than the usual one of the kind. */
  readonly nextStep?: string;
}

type Row = readonly [code: RegExp, kind: Meaning["kind"], nextStep?: string];

/** Codes of the front gateway, which is the same for all Huawei Cloud services. */
const gateway: readonly Row[] = [
  [/^API(G|GW|C)\.0101$/, "endpoint", "Check region, endpoints and cloud: this host does not serve this API"],
  [/^API(G|GW|C)\.030[17]$/, "unauthorized"],
  [/^API(G|GW|C)\.0302$/, "forbidden"],
  [/^API(G|GW|C)\.0308$/, "throttled"],
];

const taken =
  "If this program renames the resource, give it `aliases`; if it replaces it, set `deleteBeforeReplace: true`. Else " +
  "choose another name, or take over what is there with `adopt: true` if it is nobody else's";

const apig: readonly Row[] = [
  [/^APIG\.(1005|1020|11\d\d)$/, "forbidden"],
  [/^APIG\.10\d\d$/, "unauthorized"],
  [/^APIC\.(7110|7111|7130|7300)$/, "forbidden"],
  [
    /^APIG\.3030$/,
    "endpoint",
    "This address does not know the instance: check huaweicloud:instanceId, or `instanceId` where the resource has its own, " +
      "then huaweicloud:region and huaweicloud:endpoints. Nothing is taken for deleted; if the instance is gone for good, " +
      "run `pulumi state delete`",
  ],
  // Missing objects: group, API, environment, app, authorization, variable, publication, version, task, AppCode.
  [/^APIG\.(300[1-4]|3009|3011|3015|3022|3072|3082)$/, "not-found"],
  [/^APIG\.3127$/, "quota", "Import fewer operations at a time, or have the limit raised by a service ticket"],
  [
    /^APIG\.3131$/,
    "quota",
    "An app holds five AppCodes, and new ones are made before old ones go: delete one in a `pulumi up` of its own, give what " +
      "is rotated the option `deleteBeforeReplace: true` (callers are locked out for a while), or use another app",
  ],
  [/^(APIG\.31\d\d|APIC\.740\d)$/, "quota"],
  [/^APIG\.320[1235]$/, "exists", taken],
  [/^APIG\.3301$/, "exists", "Two operations must not share method, path and match mode within a group"],
  [/^APIG\.331[06]$/, "exists"],
  [
    /^APIG\.3415$/,
    "conflict",
    "The group still holds APIs: delete those first, or set `forceDestroy: true` and run `pulumi up` before the destroy",
  ],
  [/^APIG\.3416$/, "conflict", "The API is still published: take it offline in every environment first"],
  [/^APIG\.3418$/, "conflict", "APIs are still published in the environment: take them offline first"],
  [/^APIG\.3711$/, "conflict", "The instance accepts one such change a minute: try again later"],
  [/^(APIG\.3718|APIC\.7701|APIC\.7712)$/, "busy"],
  [/^APIG\.9008$/, "throttled"],
  [/^APIG\.(3500|9004|9999)$/, "unavailable"],
];

/** Codes of an instance whose database got more writes than it can take at the same time. */
const crowded = /^APIG\.(3500|9008|9999)$/;

/** Whether fewer writes at the same time would help. */
export function isCrowded({ kind, code }: Pick<ApiErrorDetails, "kind" | "code">): boolean {
  return kind === "throttled" || (code !== undefined && crowded.test(code));
}

const kms: readonly Row[] = [
  // A missing secret is a 400 here.
  [/^CSMS\.(0005|0106)$/, "not-found"],
  [/^CSMS\.(0103|0107)$/, "conflict", "The secret is waiting for its deletion: restore it, or wait until it is gone"],
];

const bkci: readonly Row[] = [
  [
    /^2118008$/,
    "exists",
    "If this program renames the resource, give it `aliases`. Else choose another credentialId, or take over " +
      "the one that is there with `adopt: true` if it is nobody else's",
  ],
  [/^2118004$/, "not-found"],
  [/^2119002$/, "exists", "Choose another project name"],
  [/^2119007$/, "exists", "Choose another project id"],
  [
    /^2100026$/,
    "unauthorized",
    "The server has access tokens switched on but no secret configured: tell its administrator",
  ],
  [/^(2118|2119)\d{3}$/, "invalid"],
];

const tables: Readonly<Record<Service, readonly Row[]>> = {
  apig: [...gateway, ...apig],
  kms: [...gateway, ...kms],
  iam: gateway,
  bkci,
};

/** What a code of a service means. Undefined for a code that is not in the table: then the HTTP status decides. */
export function meaningOf(service: Service, code: string | undefined): Meaning | undefined {
  const row = code === undefined ? undefined : tables[service].find(([pattern]) => pattern.test(code));
  if (row === undefined) return undefined;
  const [, kind, nextStep] = row;
  return nextStep === undefined ? { kind } : { kind, nextStep };
}

/** BK-CI refuses tokens with HTTP 400 and plain text. These parts are the same in every language and release. */
const bkciTexts: readonly (readonly [text: RegExp, kind: Meaning["kind"], nextStep: string])[] = [
  [/Access ?token expired/i, "unauthorized", "The access token is past its time: get a fresh one"],
  [/access ?token is empty/i, "unauthorized", "The server wants an access token: set bkci:accessToken"],
  [
    /Access token (illegal|invalid)/i,
    "unauthorized",
    "The server does not know this token: check that it was copied whole, from this server",
  ],
  [
    /You do not have permission to access/i,
    "forbidden",
    "The server accepts calls only through its API gateway: check bkci:endpoint",
  ],
  [/path\([^(]*illegal/i, "endpoint", "Check bkci:endpoint: it must be the address of the BK-CI server itself"],
  [/^verification failed/i, "unavailable", "The server could not check the token: its auth service may be down"],
];

/** The meaning of a plain-text answer of BK-CI. */
export function meaningOfText(text: string | undefined): Meaning | undefined {
  const row = text === undefined ? undefined : bkciTexts.find(([pattern]) => pattern.test(text));
  return row && { kind: row[1], nextStep: row[2] };
}

/** The meaning of a status without a known code. A 404 without a known code never means "deleted". */
export function meaningOfStatus(status: number): Meaning {
  if ((status >= 500 && status < 600) || status === 408) return { kind: "unavailable" };
  if (status >= 300 && status < 400)
    return { kind: "endpoint", nextStep: "The server redirects: set the endpoint to the address of the API itself" };
  const kinds: Readonly<Record<number, Meaning["kind"]>> = {
    401: "unauthorized",
    403: "forbidden",
    404: "endpoint",
    405: "endpoint",
    407: "network",
    409: "conflict",
    412: "conflict",
    423: "throttled",
    429: "throttled",
  };
  return { kind: kinds[status] ?? "invalid" };
}

/** What the user can do, by kind, where there is no better advice. */
export const usualAdvice: Readonly<Record<Meaning["kind"], string>> = {
  unauthorized: "Check the credentials",
  forbidden: "Have the permission granted, or use credentials that have it",
  "not-found": "Run `pulumi refresh` if it was deleted outside this stack; else check the ids",
  endpoint: "Check region and endpoints: the address answers, but it is not this API",
  exists: "Choose another name, or take over the one that is there",
  conflict: "Change the state it complains about, then run again",
  quota: "Delete what is not needed any more, or have the quota raised",
  throttled: "Run again later, with fewer operations at a time (`pulumi up --parallel`)",
  busy: "Run again when the instance has finished its task",
  invalid: "Correct the input it complains about",
  ambiguous: "It may have taken effect all the same: run `pulumi refresh`, or look in the console, before trying again",
  unavailable: "Run again later; if it stays, give the request id to the service's support",
  network: "Check network, proxy variables and endpoints",
  timeout: "Run again later; check network and proxy variables if it stays",
  malformed: "Check that the endpoint is the API itself and no proxy page stands in between",
};
