/** Schedules that once showed a defect. Each is the shortest one that shows it. */
import { openSimulator, type TestSimulator } from "../simulator/open";
import { OnHandlers } from "./on-handlers";
import { ScheduleRun } from "./run-schedule";
import { emptyPlan, type Plan, type PlannedImport } from "./plan";
import type { Schedule, Step } from "./schedules";
import type { Fault } from "./service-faults";

const app = { name: 0, remark: undefined, rotateSecret: 0 };
const credential = { id: 0, type: 0, value: 0, remark: undefined };

function imported(fields: Partial<PlannedImport> = {}, version = 0): PlannedImport {
  const operation = { key: "GET /a", version, operationId: 0, matchMode: "NORMAL" } as const;
  return { operations: [operation], title: 0, apiMode: "merge", intoTheirs: false, ...fields };
}

const step = (plan: Partial<Plan>, fields: Partial<Omit<Step, "plan">> = {}): Step => ({
  plan: { ...emptyPlan, ...plan },
  operation: "up",
  faults: [],
  throttle: undefined,
  roomForApis: undefined,
  meanwhile: [],
  ...fields,
});

/** One of two operations (first number) with one of two names (second number). */
const operation = (path: number, operationId: number) =>
  ({ key: path === 0 ? "GET /a" : "POST /a", version: 0, operationId, matchMode: "NORMAL" }) as const;

const other = operation(1, 1);

/** A call that fails at every retry. */
const always = (operation: string, kind: Fault["kind"], nth = 1): Fault => ({ operation, kind, nth, times: 100 });

const unclear = { error_code: "APIG.3500", error_msg: "System error" };
const refusedGrant = {
  status: 201,
  body: { auths: [{ auth_result: { status: "FAILED", ...unclear } }] },
  effect: true,
};
const refusedBatch = {
  status: 200,
  body: { success: [], failure: [{ api_id: "x", api_name: "x", ...unclear }] },
  effect: true,
};

const published: Partial<Plan> = {
  apps: [app, undefined],
  imports: [imported(), undefined],
  environment: { slot: 0, name: 0, remark: undefined },
  publish: "group",
  authorize: 1,
};

const cases: Record<string, readonly Step[]> = {
  "an import whose group is not given any more gets its own group": [
    step({ imports: [imported({ intoTheirs: true }), undefined] }),
    step({ imports: [imported(), undefined] }),
  ],
  "a move to another environment fails half-way, and is undone in the program": [
    step(published),
    step(
      { ...published, environment: { slot: 1, name: 0, remark: undefined }, credentials: [credential, undefined] },
      { faults: [always("createCredential", { status: 403 })] },
    ),
    step(published),
  ],
  "a move to an own group fails half-way, is finished, and is undone in the program": [
    step({ imports: [imported({ intoTheirs: true }), undefined] }),
    step(
      { imports: [imported(), undefined], credentials: [credential, undefined] },
      { faults: [always("createCredential", { status: 403 })] },
    ),
    step({ imports: [imported(), undefined], credentials: [credential, undefined] }),
    step({ imports: [imported({ intoTheirs: true }), undefined] }),
  ],
  "an import into a group of others and every look after it get no answer, and it is not declared any more": [
    step(
      { imports: [imported({ intoTheirs: true }), undefined], apps: [undefined, app] },
      { faults: [{ operation: "apig", nth: 4, times: 20, kind: "dropAfter" }] },
    ),
    step({}),
  ],
  "an import takes effect without an answer, and is throttled when it is tried again": [
    step({ imports: [imported({ intoTheirs: true }), undefined] }),
    step(
      { imports: [imported({ intoTheirs: true, apiMode: "override", operations: [other] }), undefined] },
      {
        faults: [
          { operation: "ImportApiDefinitionsV2", nth: 1, times: 1, kind: { status: 408, effect: true } },
          { operation: "ImportApiDefinitionsV2", nth: 2, times: 20, kind: { status: 429 } },
          { operation: "ListApisV2", nth: 2, times: 20, kind: { status: 429 } },
        ],
      },
    ),
    step({}),
  ],
  "a publication takes effect without an answer, and is throttled when it is tried again": [
    step(published, {
      faults: [
        { operation: "BatchPublishOrOfflineApiV2", nth: 1, times: 1, kind: { status: 500, effect: true } },
        { operation: "BatchPublishOrOfflineApiV2", nth: 2, times: 20, kind: { status: 429 } },
      ],
    }),
    step({ environment: { slot: 0, name: 0, remark: undefined } }),
    step({}),
  ],
  "a code is created, and neither its answer nor any list arrives": [
    step({ apps: [app, undefined] }),
    step(
      { apps: [app, undefined], codes: [{ app: 0, rotate: 0, value: undefined }, undefined] },
      { faults: [always("CreateAppCodeV2", "dropAfter"), always("ListAppCodesV2", "dropBefore")] },
    ),
  ],
  "a changed operation whose import got no answer is changed back": [
    step({ imports: [imported(), undefined] }),
    step({ imports: [imported({}, 1), undefined] }, { faults: [always("ImportApiDefinitionsV2", "dropAfter")] }),
    step({ imports: [imported(), undefined] }),
  ],
  "an app, an environment and a group are made without an answer, and taken over as the messages say": [
    step(published, {
      faults: ["CreateAnAppV2", "CreateEnvironmentV2", "ImportApiDefinitionsV2"].map((operation) => ({
        operation,
        kind: { status: 500, code: "APIG.3500", effect: true },
        nth: 1,
        times: 1,
      })),
    }),
  ],
  "two operations swap names, and the import with their final names gets no answer": [
    step({ imports: [imported({ operations: [operation(0, 0), operation(1, 1)] }), undefined] }),
    step(
      { imports: [imported({ operations: [operation(0, 1), operation(1, 0)] }), undefined] },
      { faults: [always("ImportApiDefinitionsV2", "dropAfter", 2)] },
    ),
  ],
  "a changed operation is published again although the publication failed and a refresh came between": [
    step(published),
    step(
      { ...published, imports: [imported({}, 1), undefined] },
      { faults: [always("BatchPublishOrOfflineApiV2", "dropBefore")] },
    ),
    step(published, { operation: "refresh" }),
    step({ ...published, imports: [imported({}, 1), undefined] }),
  ],
  "an authorization that was granted in spite of a reported system error is removed again": [
    step(published, {
      faults: [{ operation: "CreateAuthorizingAppsV2", kind: refusedGrant, nth: 1, times: 1 }],
    }),
    step({ ...published, authorize: 0 }),
  ],
  "a publication that took effect in spite of a reported system error is removed again": [
    step(published, {
      faults: [{ operation: "BatchPublishOrOfflineApiV2", kind: refusedBatch, nth: 1, times: 1 }],
    }),
    step({ ...published, publish: undefined }),
  ],
  "an API that somebody deleted is imported again, and the new one is published": [
    step(published, { meanwhile: [{ kind: "deleteApi", which: 0 }] }),
  ],
  "an operation is imported, no look at it succeeds, and then somebody changes it": [
    step(
      { imports: [imported(), undefined] },
      { faults: [always("ListApisV2", "dropBefore")], meanwhile: [{ kind: "alterApi", which: 0 }] },
    ),
  ],
  "a 404 of BK-CI does not count as a deleted credential: it also means a project that the user may not see": [
    step({ credentials: [credential, undefined] }),
    step({}, { faults: [{ operation: "deleteCredential", kind: { status: 404 }, nth: 1, times: 1 }] }),
  ],
  "a credential is made while the user may not view it": [
    step({ credentials: [credential, undefined] }, { faults: [always("bkci", { status: 403 }, 2)] }),
  ],
  "a code with a given value is rotated and keeps the value": [
    step({ apps: [app, undefined], codes: [{ app: 0, rotate: 0, value: 0 }, undefined] }),
    step({ apps: [app, undefined], codes: [{ app: 0, rotate: 1, value: 0 }, undefined] }),
  ],
  "a publication of a group becomes one of its APIs, and still belongs to this stack": [
    step(published),
    step({ ...published, publish: "apis" }),
  ],
  "an app, an environment and a credential are each delivered twice, and only the second answer arrives": [
    step(
      { ...published, credentials: [credential, undefined] },
      {
        faults: ["CreateAnAppV2", "CreateEnvironmentV2", "ImportApiDefinitionsV2", "createCredential"].map(
          (operation) => ({ operation, kind: { twice: "second" }, nth: 1, times: 1 }),
        ),
      },
    ),
  ],
  "a create of a code is delivered twice, and the rotation deletes both codes": [
    step(
      { apps: [app, undefined], codes: [{ app: 0, rotate: 0, value: undefined }, undefined] },
      { faults: [{ operation: "CreateAppCodeV2", kind: { twice: "first" }, nth: 1, times: 1 }] },
    ),
    step({ apps: [app, undefined], codes: [{ app: 0, rotate: 1, value: undefined }, undefined] }),
  ],
  "the gateway does not know its instance for a while, and a refresh forgets nothing": [
    step(published),
    step(published, {
      operation: "refresh",
      faults: [always("apig", { status: 404, code: "APIG.3030", message: "The instance does not exist" })],
    }),
  ],
  "no export succeeds after an import, and the next refresh changes nothing": [
    step(published, { faults: [always("ExportApiDefinitionsV2", { notFound: "html" })] }),
    step(published, { operation: "refresh" }),
  ],
  "a credential moves to another id, fails, and moves back": [
    step({ credentials: [credential, undefined] }),
    step(
      { credentials: [{ ...credential, id: 1 }, undefined] },
      { faults: [always("createCredential", "dropBefore")] },
    ),
    step({ credentials: [credential, undefined] }),
  ],
};

describe("A schedule that once showed a defect", function () {
  this.timeout(60_000);
  let simulator: TestSimulator;
  before(async () => {
    simulator = await openSimulator();
  });
  after(() => simulator.close());

  for (const [title, steps] of Object.entries(cases)) {
    it(title, async () => {
      const schedule: Schedule = {
        credentials: "token",
        clockAhead: 0,
        deleteRemoved: true,
        importClash: "failure",
        appCodeShowStatus: 201,
        steps,
      };
      await new ScheduleRun(simulator, new OnHandlers(), schedule).run();
    });
  }
});
