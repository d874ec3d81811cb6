/** Seed page 003, `ListResourceInstances`: the user's message for every status row with the documented error body. */
import assert from "node:assert/strict";
import { handlersFor } from "../../support/handlers";
import { openSimulator, type TestSimulator } from "../../simulator/open";

const rows: readonly (readonly [status: number, meaning: string, advice: RegExp])[] = [
  [400, "请求参数有误", /Correct the input/],
  [401, "被请求的页面需要用户名和密码", /credentials/i],
  [403, "认证失败", /permission/],
  [404, "资源不存在，资源未找到", /region and endpoints|ids/],
  [500, "服务内部错误", /Run again later/],
  [502, "请求未完成。服务器从上游服务器收到一个无效的响应", /Run again later/],
  [504, "网关超时", /Run again later/],
];

describe("the page of the tag query, from the service to the user", () => {
  let simulator: TestSimulator;
  before(async () => {
    simulator = await openSimulator();
  });
  beforeEach(() => simulator.control.reset());
  after(() => simulator.close());

  const check = () =>
    handlersFor(simulator).SecretTagQuery.check({}, { action: "filter", tags: [{ key: "env", values: ["dev"] }] });

  it("200: every state, a null scheduled_delete_time, and times pass through as they are", async () => {
    const states = ["ENABLED", "DISABLED", "PENDING_DELETE", "FROZEN"];
    const resources = states.map((state, n) => ({
      resource_id: `id-${n}`,
      resource_name: `secret-${n}`,
      resource_detail: {
        id: `id-${n}`,
        name: `secret-${n}`,
        state,
        kms_key_id: "b168fe00-ff56-495d-a7a4-2bd4f6c1e6e9",
        description: "",
        create_time: 1581507580000,
        update_time: 1581507580,
        scheduled_delete_time: state === "PENDING_DELETE" ? 1581507580000 : null,
      },
      tags: [{ key: "env", value: "dev" }],
    }));
    const body = { resources, total_count: 4 };
    await simulator.control.faults({ faults: [{ operation: "ListResourceInstances", kind: { status: 200, body } }] });
    const { inputs, failures } = await check();
    assert.deepEqual(failures, []);
    const text = JSON.stringify(inputs);
    for (const state of states) assert.ok(text.includes(state), text);
    assert.match(text, /1581507580000\D/);
    assert.match(text, /1581507580\D/);
    assert.equal(inputs["totalCount"], 4);
  });

  for (const [status, meaning, advice] of rows) {
    it(`${status}: "${meaning}" reaches the user at preview, with code, status and request id`, async () => {
      const body = { error: { error_code: "CSMS.9876", error_msg: meaning } };
      await simulator.control.faults({
        faults: [{ operation: "ListResourceInstances", times: 99, kind: { status, body } }],
      });
      const { failures } = await check();
      assert.equal(failures.length, 1);
      const reason = failures[0]?.reason ?? "";
      assert.match(reason, /^could not [^\n]+$/);
      assert.ok(reason.includes(meaning.replace(/。$/, "")), reason);
      assert.match(reason, new RegExp(`\\(CSMS\\.9876, HTTP ${status}, request [\\w-]+`));
      assert.match(reason, advice);
      assert.ok(!reason.includes(simulator.info.token));
    });
  }
});
