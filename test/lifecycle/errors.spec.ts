import assert from "node:assert/strict";
import * as apig from "../support/apig";
import { refusalOf } from "../support/refusal";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { TestStack } from "../support/stack";

/** An AppCode and AppSecret that the program gives as plain text, and that the service repeats in its errors. */
const canary = `canary${"0123456789".repeat(6)}`;

interface Recorded {
  readonly urn: string;
  readonly id?: string;
  readonly inputs?: object;
  readonly outputs?: object;
}

describe("Errors, on the engine,", function () {
  this.timeout(120_000);
  let simulator: TestSimulator;
  let stack: TestStack;

  /** Settings come from the environment, so that a destroy sees a change of them. */
  before(async () => {
    simulator = await openSimulator();
    stack = await TestStack.open({ program: () => Promise.resolve(), env: { ...simulator.env, HW_MAX_RETRIES: "1" } });
    declare("one");
    await stack.up();
  });
  after(async () => {
    await stack.close();
    await simulator.close();
  });

  function declare(remark: string) {
    stack.use(() => {
      const app = new apig.App("shop", { name: "shop", remark, appSecret: canary });
      new apig.AppCode("web", { appId: app.appId, appCode: canary, propagationSeconds: 0 });
      new apig.SecretTagQuery("secrets", { action: "count" });
      return Promise.resolve();
    });
  }

  /** The recorded resources without times, sorted, because their order depends on which was ready first. */
  const recorded = async () =>
    ((await stack.exportState()).deployment as { resources: Recorded[] }).resources
      .map(({ urn, id, inputs, outputs }) => ({ urn, id, inputs, outputs }))
      .sort((one, other) => (one.urn < other.urn ? -1 : 1));

  const operations = {
    preview: () => stack.preview(),
    up: () => stack.up(),
    refresh: () => stack.refresh(),
    destroy: () => stack.destroy(),
  };

  const rows: [
    operation: keyof typeof operations,
    call: string,
    kind: { status: number; code?: string },
    message: RegExp,
  ][] = [
    [
      "preview",
      "ListResourceInstances",
      { status: 401 },
      /could not \w.* \(.*HTTP 401, request \w{32}\)\. Check the cred/,
    ],
    [
      "preview",
      "ListResourceInstances",
      { status: 429 },
      /\(APIGW\.0308, HTTP 429, request \w{32}, 2 attempts\)\. Run a/,
    ],
    [
      "up",
      "UpdateAppV2",
      { status: 403 },
      /could not update the app \w+.* \(APIG\.1005, HTTP 403, request \w{32}\)\. Have/,
    ],
    [
      "up",
      "UpdateAppV2",
      { status: 500 },
      /update the app .*\(APIG\.9999, HTTP 500, request \w{32}, 2 attempts\)\. Run ag/,
    ],
    [
      "refresh",
      "ShowDetailsOfAppV2",
      { status: 404 },
      /read the app .*\(APIG\.0101, HTTP 404, request \w{32}\)\. Check r/,
    ],
    ["refresh", "ListAppCodesV2", { status: 401 }, /\(APIG\.1002, HTTP 401, request \w{32}\)\. Check the credentials/],
    ["destroy", "DeleteAppCodeV2", { status: 403 }, /delete the AppCode .*\(APIG\.1005, HTTP 403, request \w{32}\)/],
    [
      "destroy",
      "DeleteAppCodeV2",
      { status: 404, code: "APIG.0101" },
      /\(APIG\.0101, HTTP 404, request \w{32}\)\. Check r/,
    ],
  ];
  for (const [operation, call, kind, expected] of rows) {
    it(`${kind.status} in a ${operation} is one line with action, code, request and what to do; the state stays`, async () => {
      declare(operation === "up" ? `changed by ${kind.status}` : "one");
      const before = await recorded();
      // A query has no secret, and does not know those of other resources.
      const echo = operation === "preview" ? simulator.info.token : `${simulator.info.token} ${canary}`;
      await simulator.control.faults({
        faults: [{ operation: call, times: 9, kind: { ...kind, message: `refused: ${echo}` } }],
      });
      const message = await refusalOf(operations[operation](), [canary, simulator.info.token]);
      await simulator.control.faults({});
      assert.match(message, expected);
      assert.deepEqual(await recorded(), before);
    });
  }

  for (const operation of ["preview", "up", "refresh", "destroy"] as const) {
    it(`a refused connection in a ${operation} names the host and what to do; the state stays`, async () => {
      declare("one");
      const before = await recorded();
      // No server uses this port. A port that was free a moment ago may be in use by the engine.
      const url = "http://127.0.0.1:1";
      const { envVars } = stack.stack.workspace;
      const whole = envVars["HW_ENDPOINTS"]!;
      envVars["HW_ENDPOINTS"] = JSON.stringify({ apig: url, kms: url });
      const message = await refusalOf(operations[operation](), [canary, simulator.info.token]);
      envVars["HW_ENDPOINTS"] = whole;
      assert.match(
        message,
        /could not .*: no connection to 127\.0\.0\.1:\d+ \(ECONNREFUSED\) \(2 attempts\)\. Check network/,
      );
      assert.deepEqual(await recorded(), before);
    });
  }

  it("after all this the next destroy works, and no secret was ever written in clear text", async () => {
    const written = await stack.backendText();
    assert.ok(!written.includes(canary) && !written.includes(simulator.info.token));
    const { changes } = await stack.destroy();
    assert.equal(changes.delete, 4);
  });
});
