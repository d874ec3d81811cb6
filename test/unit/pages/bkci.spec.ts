/** Seed pages 000 and 001, "must read before use" of BK-CI: the user's message for every return code and token error. */
import assert from "node:assert/strict";
import { handlersFor } from "../../support/handlers";
import { openSimulator, type TestSimulator } from "../../simulator/open";

/** The token errors with their texts on the page, in both languages, and the advice for the user. */
const tokenErrors: readonly (readonly [title: string, text: string, advice: RegExp])[] = [
  [
    "expired, in English",
    "Verification failed : token expired error: Access token expired in: 1630919127633",
    /token is past its time.*fresh/i,
  ],
  [
    "expired, in Chinese",
    "Verification failed : token过期错误: Access token expired in: 1630919127633",
    /token is past its time.*fresh/i,
  ],
  ["missing", "Request accessToken is empty.", /set bkci:accessToken \(BKCI_ACCESS_TOKEN\)/],
  [
    "illegal, in English",
    "verification failed : token parameter illegal error: Access token illegal",
    /does not know this token.*copied whole/i,
  ],
  [
    "illegal, in Chinese",
    "verification failed : token参数非法错误: Access token illegal",
    /does not know this token.*copied whole/i,
  ],
];

/** The page's table of return codes, and words of the message that only this code has. */
const returnCodes: readonly (readonly [status: number, advice: RegExp])[] = [
  [400, /[Cc]orrect the input/],
  [401, /Check the credentials/],
  [403, /permission granted/],
  [404, /does not exist|Check|refresh/],
  [405, /address answers, but it is not this API/],
  [409, /Change the state it complains about/],
  [422, /[Cc]orrect the input/],
  [423, /Run again later/],
  [429, /Run again later/],
  [500, /Run again later/],
];

describe("the pages of BK-CI, from the service to the user", () => {
  let simulator: TestSimulator;
  before(async () => {
    simulator = await openSimulator();
  });
  beforeEach(() => simulator.control.reset());
  after(() => simulator.close());

  const credential = { credentialId: "code", type: "PASSWORD", password: "correct horse" };

  async function create(settings: Record<string, string> = {}) {
    const { BkciCredential } = handlersFor(simulator, settings);
    const { inputs, failures } = await BkciCredential.check({}, credential);
    assert.deepEqual(failures, []);
    return BkciCredential.create(inputs);
  }

  function answerWith(status: number, body: unknown, operation: string) {
    return simulator.control.faults({ faults: [{ operation, times: 99, kind: { status, body } }] });
  }

  /** One readable line: operation, status, next step; no stack, no token, no value. */
  function readable(status: number, said: string | RegExp, advice: RegExp) {
    return (error: Error) => {
      assert.match(error.message, /^could not [^\n]+$/);
      if (typeof said === "string") assert.ok(error.message.includes(said.replace(/\.$/, "")), error.message);
      else assert.match(error.message, said);
      assert.ok(error.message.includes(`HTTP ${status}`), error.message);
      assert.match(error.message, advice);
      assert.doesNotMatch(`${error.message}${String(error.stack)}`, /\n\s+at |access_token=|correct horse/);
      assert.ok(!error.message.includes(simulator.info.bkciAccessToken));
      return true;
    };
  }

  it("200: success is a 2xx with status 0", async () => {
    const { id } = await create();
    assert.equal(id, `${simulator.info.bkciProjectId}/code`);
  });

  it("201: is success too", async () => {
    const kind = { status: 201, body: { status: 0, data: true }, effect: true };
    await simulator.control.faults({ faults: [{ operation: "createCredential", kind }] });
    await create();
  });

  it("200 with another status is a failure", async () => {
    await answerWith(200, { status: 2118003, message: "Illegal credential ID" }, "createCredential");
    await assert.rejects(create(), readable(200, /Illegal credential ID \(2118003/, /Correct/));
  });

  for (const [title, text, advice] of tokenErrors) {
    it(`400: a token that is ${title}, says so and what to do`, async () => {
      await answerWith(400, text, "createCredential");
      await assert.rejects(create(), readable(400, text, advice));
    });
  }

  it("401: the body of the page for callers that are not logged in", async () => {
    const body = { status: 401, data: "", result: true, message: "用户权限验证失败。" };
    await answerWith(401, body, "createCredential");
    await assert.rejects(create(), readable(401, /用户权限验证失败/, /Check the credentials/));
  });

  for (const [status, advice] of returnCodes) {
    it(`${status}: is told apart, in one line`, async () => {
      const body = { status, data: null, message: `said ${status}` };
      await simulator.control.faults({
        faults: ["createCredential", "getCredential", "listCredentials"].map((operation) => ({
          operation,
          times: 99,
          kind: { status, body },
        })),
      });
      const read = handlersFor(simulator).BkciCredential.read(`${simulator.info.bkciProjectId}/code`, {});
      await assert.rejects(read, (error: Error) => {
        assert.match(error.message, new RegExp(`said ${status}|does not exist`), error.message);
        assert.match(error.message, advice, error.message);
        assert.doesNotMatch(`${error.message}${String(error.stack)}`, /\n\s+at |access_token=/);
        return true;
      });
    });
  }

  it("sends a token exactly once encoded, however it was given", async () => {
    for (const token of [simulator.info.bkciAccessToken, decodeURIComponent(simulator.info.bkciAccessToken)]) {
      await simulator.control.reset();
      await create({ "bkci:accessToken": token });
    }
  });
});
