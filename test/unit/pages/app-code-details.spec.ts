/** Seed page 004, `ShowDetailsOfAppCodeV2`: the user's message for every status row and example body of the page. */
import assert from "node:assert/strict";
import { handlersFor } from "../../support/handlers";
import { openSimulator, type TestSimulator } from "../../simulator/open";

const appId = "9ed8b7fe84224de681e7d7a5587e76dc";
const codeId = "b3d34f746d0847fb95138670e10207ed";
const example = {
  app_code: "fdc8d90a30174460a91ddacfa54d6f04c92e523a85cc4a1894f87cb13b6f572a",
  app_id: appId,
  id: codeId,
  create_time: "2020-07-24T02:31:45Z",
};

const rows = [
  [400, "APIG.2012", "Invalid parameter value,parameterName:app_id. Please refer to the support documentation"],
  [401, "APIG.1002", "Incorrect token or token resolution failed"],
  [403, "APIG.1005", "No permissions to request this method"],
  [404, "APIG.3004", `App ${appId} does not exist`],
  [500, "APIG.9999", "System error"],
] as const;

describe("the page of AppCode details, from the service to the user", () => {
  let simulator: TestSimulator;
  let id: string;
  before(async () => {
    simulator = await openSimulator();
    id = `${simulator.info.instanceId}/${appId}/${codeId}`;
  });
  beforeEach(() => simulator.control.reset());
  after(() => simulator.close());

  it("201: the example becomes the outputs", async () => {
    await simulator.control.clock({ set: example.create_time });
    const codes = [{ id: codeId, app_code: example.app_code }];
    await simulator.control.seed({ apps: [{ id: appId, name: "shop", codes }] });
    const { props } = await handlersFor(simulator).AppCode.read(id, {});
    assert.deepEqual([props["appCode"], props["createTime"]], [example.app_code, example.create_time]);
  });

  it("200: is success too, as the live service very likely answers", async () => {
    await simulator.control.options({ appCodeShowStatus: 200 });
    const codes = [{ id: codeId, app_code: example.app_code }];
    await simulator.control.seed({ apps: [{ id: appId, name: "shop", codes }] });
    const { props } = await handlersFor(simulator).AppCode.read(id, {});
    assert.equal(props["appCode"], example.app_code);
  });

  for (const [status, code, text] of rows) {
    it(`${status}: "${text}" reaches the user with code, status, request id and no stack`, async () => {
      const body = { error_code: code, error_msg: text };
      await simulator.control.faults({
        faults: [{ operation: "ShowDetailsOfAppCodeV2", times: 9, kind: { status, body } }],
      });
      await assert.rejects(handlersFor(simulator).AppCode.read(id, {}), (error: Error) => {
        assert.ok(error.message.includes(`read the AppCode ${codeId} of app ${appId}`), error.message);
        assert.ok(error.message.includes(text.replace(/\.$/, "")), error.message);
        assert.match(error.message, new RegExp(`\\(${code}, HTTP ${status}, request [\\w-]+`));
        assert.doesNotMatch(`${error.message}${String(error.stack)}`, /\n\s+at /);
        assert.ok(!error.message.includes(simulator.info.token));
        return true;
      });
    });
  }
});
