/** What goes wrong at the services while operations run: faults of calls, throttling, full quotas. */
import fc from "fast-check";
import type { z } from "zod";
import type { bodies } from "../simulator/control/bodies";

type FaultBody = z.input<typeof bodies.faults>;
export type Fault = NonNullable<FaultBody["faults"]>[number];

export interface ServiceFaults {
  readonly faults: readonly Fault[];
  /** Calls allowed in a second; undefined means all. */
  readonly throttle: number | undefined;
  /** Most APIs of the instance. Imports then answer 200 and fail for some of their operations. */
  readonly roomForApis: number | undefined;
}

/** Every call of the package, and whole services. */
const operations = [
  "ImportApiDefinitionsV2",
  "ListApiGroupsV2",
  "ShowDetailsOfApiGroupV2",
  "UpdateApiGroupV2",
  "DeleteApiGroupV2",
  "ListApisV2",
  "DeleteApiV2",
  "BatchPublishOrOfflineApiV2",
  "CreateEnvironmentV2",
  "ListEnvironmentsV2",
  "UpdateEnvironmentV2",
  "DeleteEnvironmentV2",
  "CreateAnAppV2",
  "ListAppsV2",
  "ShowDetailsOfAppV2",
  "UpdateAppV2",
  "DeleteAppV2",
  "ResettingAppSecretV2",
  "CreateAppCodeV2",
  "ListAppCodesV2",
  "DeleteAppCodeV2",
  "CreateAuthorizingAppsV2",
  "ListApisBindedToAppV2",
  "CancelingAuthorizationV2",
  "ListResourceInstances",
  "KeystoneCreateUserTokenByPassword",
  "createCredential",
  "getCredential",
  "updateCredential",
  "deleteCredential",
  "apig",
  "bkci",
  "*",
] as const;

/** Error answers, and answers that cannot be read. With `effect` the call took effect nevertheless. */
const answers: readonly Fault["kind"][] = [
  { status: 429 },
  { status: 429, retryAfter: 1 },
  { status: 423 },
  { status: 408, effect: true },
  { status: 500 },
  { status: 500, effect: true },
  { status: 500, code: "APIG.3500", message: "System error" },
  { status: 500, code: "APIG.9999", message: "System error", effect: true },
  { status: 500, code: "APIG.9004", message: "Database error" },
  { status: 500, code: "APIG.9008", message: "Too many requests" },
  { status: 502, body: "<html>Bad Gateway</html>" },
  { status: 503, retryAfter: 1 },
  { status: 504, body: "", effect: true },
  { status: 409, code: "APIC.7712", message: "The instance is busy" },
  { status: 401 },
  { status: 403 },
  { status: 400, code: "APIG.2012", message: "Invalid parameter value" },
  { status: 200, body: "<html>Sign in</html>" },
  { status: 201, body: '{"id": "cut off' },
  { status: 200, body: { unexpected: true }, effect: true },
  { status: 201, body: { id: 7 }, effect: true },
  { status: 302, body: "" },
];

/** False answers, answers of a proxy or about another object, and calls that are delivered twice. */
const falseAnswers: readonly Fault["kind"][] = [
  { list: "empty" },
  { list: "absent" },
  { list: "again" },
  { notFound: "html" },
  { notFound: "json" },
  { notFound: "json200" },
  { twice: "first" },
  { twice: "second" },
  "another",
  { date: "none" },
  { date: -3_600_000 },
  { date: 86_400_000 },
];

/** A success answer which says that the batch failed. */
const refusedBatch = {
  success: [],
  failure: [{ api_id: "x", api_name: "x", error_code: "APIG.3500", error_msg: "no" }],
};
const refusedGrant = { auths: [{ auth_result: { status: "FAILED", error_code: "APIG.3500", error_msg: "no" } }] };
const unknownInstance = { status: 404, code: "APIG.3030", message: "The instance does not exist" };
const ofOneService: readonly Pick<Fault, "operation" | "kind">[] = [
  { operation: "BatchPublishOrOfflineApiV2", kind: { status: 200, body: refusedBatch } },
  { operation: "BatchPublishOrOfflineApiV2", kind: { status: 200, body: refusedBatch, effect: true } },
  { operation: "CreateAuthorizingAppsV2", kind: { status: 201, body: refusedGrant } },
  { operation: "CreateAuthorizingAppsV2", kind: { status: 201, body: refusedGrant, effect: true } },
  // The gateway does not know the instance for a while.
  { operation: "apig", kind: unknownInstance },
  { operation: "apig", kind: unknownInstance },
];

const kinds: fc.Arbitrary<Fault["kind"]> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("dropBefore" as const, "dropAfter" as const) },
  { weight: 4, arbitrary: fc.constantFrom(...answers) },
  { weight: 4, arbitrary: fc.constantFrom(...falseAnswers) },
  { weight: 1, arbitrary: fc.constant({ delay: 2 }) },
);

const nth = fc.integer({ min: 1, max: 5 });
/** Retries overcome a few faults, but not many. */
const times = fc.constantFrom(1, 1, 1, 2, 6, 20);

const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ operation: fc.constantFrom(...operations), nth, times, kind: kinds }) },
  {
    weight: 1,
    arbitrary: fc.record({
      operation: fc.constantFrom("*", "apig"),
      probability: fc.constantFrom(0.1, 0.3),
      seed: fc.integer({ min: 1, max: 1000 }),
      kind: kinds,
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...ofOneService), nth, times)
      .map(([special, first, count]) => ({ ...special, nth: first, times: count })),
  },
);

const seldom = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight: 7, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

export const serviceFaults = {
  faults: fc.array(fault, { maxLength: 4 }),
  throttle: seldom(fc.integer({ min: 3, max: 40 })),
  roomForApis: seldom(fc.integer({ min: 2, max: 5 })),
};
