import assert from "node:assert/strict";
import { openSimulator, type TestSimulator } from "../open";
import type { Identity } from "../core/identity";
import type { Options } from "../core/types";
import { wire, type Answer } from "../core/wire";

const DAY = 24 * 60 * 60 * 1000;

/** "Must read before use" of BK-CI, in both languages, verbatim. */
describe("BK-CI access tokens over raw HTTP", () => {
  let simulator: TestSimulator;
  let identity: Identity;

  before(async () => {
    simulator = await openSimulator();
    ({ identity } = (await simulator.control.state()) as unknown as { identity: Identity });
  });
  beforeEach(() => simulator.control.reset());
  after(() => simulator.close());

  const token = (headers: Record<string, string> = {}): Promise<Answer> =>
    wire(`${simulator.info.bkci}/ms/auth/api/user/token/get`, { headers });
  const loggedIn = (): Promise<Answer> => token({ cookie: `lang=en; bk_token=${identity.bkci.login.cookie}` });
  const projects = (query = "", headers: Record<string, string> = {}): Promise<Answer> =>
    wire(`${simulator.info.bkci}/ms/openapi/api/apigw/v3/projects${query}`, { headers });

  it("answers 401 with the page's own body when nobody is logged in", async () => {
    for (const headers of [{}, { cookie: "bk_token=wrong" }]) {
      const { status, body } = await token(headers);
      assert.equal(status, 401);
      assert.deepEqual(body, { status: 401, data: "", result: true, message: "用户权限验证失败。" });
    }
  });

  it("answers the page's three fields, the token ready for a URL", async () => {
    const { status, body } = await loggedIn();
    assert.equal(status, 200);
    const { userId, expirationTime, accessToken, ...rest } = body as Record<string, unknown>;
    assert.deepEqual(rest, {});
    assert.equal(userId, "admin");
    assert.ok(Math.abs(Number(expirationTime) - Date.now() - DAY) < 60_000);
    assert.match(String(accessToken), /^(%2B|%2F|%3D|[A-Za-z0-9])+$/);
    assert.equal((await projects(`?access_token=${String(accessToken)}`)).status, 200);
  });

  it("answers in the envelope when control says so", async () => {
    await simulator.control.options({ bkciTokenAnswer: "envelope" });
    const { status, data } = (await loggedIn()).body as { status: number; data: { userId: string } };
    assert.deepEqual([status, data.userId], [0, "admin"]);
  });

  it("issues nothing when tokens are off", async () => {
    await simulator.control.options({ bkciTokens: false });
    const { status, body } = await loggedIn();
    assert.deepEqual([status, (body as { status: number }).status], [400, 2100026]);
  });

  const languages: [language: Options["bkciLanguage"], expired: string, illegal: string][] = [
    [
      "en",
      "Verification failed : token expired error: Access token expired in: ",
      "verification failed : token parameter illegal error: Access token illegal",
    ],
    [
      "zh",
      "Verification failed : token过期错误: Access token expired in: ",
      "verification failed : token参数非法错误: Access token illegal",
    ],
  ];
  for (const [language, expired, illegal] of languages) {
    describe(`in ${language}`, () => {
      beforeEach(() => simulator.control.options({ bkciLanguage: language }));

      it("says in plain text and with 400 that a token is expired", async () => {
        const { accessToken, expirationTime } = (await loggedIn()).body as Record<string, string>;
        await simulator.control.clock({ advance: DAY });
        const answer = await projects(`?access_token=${accessToken}`);
        assert.deepEqual([answer.status, answer.body], [400, `${expired}${expirationTime}`]);
        assert.match(String(answer.headers["content-type"]), /^text\/plain/);
      });

      it("says in plain text and with 400 that a token is illegal, also when it was encoded twice", async () => {
        for (const bad of ["wrong", encodeURIComponent(simulator.info.bkciAccessToken)]) {
          const answer = await projects(`?access_token=${bad}`);
          assert.deepEqual([answer.status, answer.body], [400, illegal]);
        }
      });

      it("says in plain text and with 400 that there is no token", async () => {
        for (const query of ["", "?access_token=", "?access_token=%20"]) {
          const answer = await projects(query, { "x-devops-uid": "admin" });
          assert.deepEqual([answer.status, answer.body], [400, "Request accessToken is empty."]);
        }
      });
    });
  }

  it("reads the token from the query only", async () => {
    const access_token = decodeURIComponent(simulator.info.bkciAccessToken);
    assert.equal((await projects("", { access_token, authorization: `Bearer ${access_token}` })).status, 400);
  });

  it("lets a X-DEVOPS-UID of the caller win over the token's user", async () => {
    const query = `?access_token=${simulator.info.bkciAccessToken}`;
    const names = async (headers: Record<string, string>): Promise<unknown[]> =>
      ((await projects(query, headers)).body as { data: unknown[] }).data;
    assert.equal((await names({})).length, 1);
    assert.equal((await names({ "x-devops-uid": "admin" })).length, 1);
    assert.equal((await names({ "x-devops-uid": "stranger" })).length, 0);
  });

  it("goes by X-DEVOPS-UID alone when tokens are off", async () => {
    await simulator.control.options({ bkciTokens: false });
    assert.equal((await projects("", { "x-devops-uid": "admin" })).status, 200);
    const nobody = await projects();
    assert.deepEqual([nobody.status, (nobody.body as { status: number }).status], [400, 400]);
  });

  it("refuses a path outside the three openapi kinds in plain text", async () => {
    const answer = await wire(`${simulator.info.bkci}/ms/openapi/api/user/v3/projects`);
    assert.deepEqual(
      [answer.status, answer.body],
      [400, "Devops OpenAPI Auth fail: path(api/user/v3/projects) illegal!"],
    );
  });

  it("checks the token before it looks for the operation", async () => {
    const url = `${simulator.info.bkci}/ms/openapi/api/apigw-user/v3/nothing`;
    assert.equal((await wire(url)).body, "Request accessToken is empty.");
    const query = `?access_token=${simulator.info.bkciAccessToken}`;
    const missing = await wire(`${url}${query}`);
    assert.deepEqual([missing.status, (missing.body as { status: number }).status], [404, 404]);
    const method = await wire(`${simulator.info.bkci}/ms/openapi/api/apigw-app/v3/projects${query}`, {
      method: "DELETE",
    });
    assert.deepEqual([method.status, (method.body as { status: number }).status], [405, 405]);
  });

  it("answers 429 with the web server's own text, which is no envelope", async () => {
    await simulator.control.faults({ throttles: [{ operation: "bkci", calls: 0, windowMs: 1000 }] });
    const { status, body, headers } = await projects(`?access_token=${simulator.info.bkciAccessToken}`);
    assert.equal(status, 429);
    assert.match(String(body), /429 Too Many Requests/);
    assert.equal(headers["retry-after"], undefined);
  });

  for (const status of [400, 401, 403, 404, 405, 409, 422, 423, 500]) {
    it(`sends ${status} of the return code table in the envelope when control asks for it`, async () => {
      await simulator.control.faults({ faults: [{ operation: "listProjects", kind: { status } }] });
      const answer = await projects(`?access_token=${simulator.info.bkciAccessToken}`);
      assert.equal(answer.status, status);
      assert.equal((answer.body as { status: number }).status, status);
    });
  }
});
