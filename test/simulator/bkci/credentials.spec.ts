import assert from "node:assert/strict";
import { openSimulator, type TestSimulator } from "../open";
import { wire, type Answer } from "../core/wire";

interface Result {
  status: number;
  message: string;
  data: unknown;
}

const RSA = "-----BEGIN RSA PRIVATE KEY-----\nx\n-----END RSA PRIVATE KEY-----";
const OPENSSH = "-----BEGIN OPENSSH PRIVATE KEY-----\nx\n-----END OPENSSH PRIVATE KEY-----";

describe("BK-CI credentials over raw HTTP", () => {
  let simulator: TestSimulator;

  before(async () => {
    simulator = await openSimulator();
  });
  beforeEach(() => simulator.control.reset());
  after(() => simulator.close());

  interface Sent {
    body?: unknown;
    query?: string;
    user?: string;
    project?: string;
  }
  const openapi = async (method: string, path: string, { body, query = "", user }: Sent = {}): Promise<Answer> =>
    wire(`${simulator.info.bkci}/ms/openapi/api/apigw/${path}?access_token=${simulator.info.bkciAccessToken}${query}`, {
      method,
      headers: user === undefined ? {} : { "x-devops-uid": user },
      body,
    });
  const v3 = (method: string, id = "", sent: Sent = {}): Promise<Answer> =>
    openapi(method, `v3/projects/${sent.project ?? "demo"}/credentials${id && `/${id}`}`, sent);
  const create = (body: object, sent: Sent = {}): Promise<Answer> =>
    v3("POST", "", { ...sent, body: { credentialId: "c1", credentialType: "PASSWORD", v1: "one", ...body } });
  const outcome = async (answer: Promise<Answer>): Promise<[number, number]> => {
    const { status, body } = await answer;
    return [status, (body as Result).status];
  };
  const data = async (answer: Promise<Answer>): Promise<Record<string, unknown>> =>
    ((await answer).body as Result).data as Record<string, unknown>;
  const values = async (id = "c1"): Promise<unknown> => {
    const { bkci } = (await simulator.control.state()) as {
      bkci: { credentials: { demo: Record<string, { values: unknown }> } };
    };
    return bkci.credentials.demo[id]?.values;
  };

  it("creates, shows, updates and deletes in v3", async () => {
    assert.deepEqual((await create({ credentialRemark: "r" })).body, { status: 0, data: true });
    const shown = await data(v3("GET", "c1"));
    const { updatedTime, createTime, ...rest } = shown;
    assert.ok(Math.abs(Number(updatedTime) - Date.now() / 1000) < 60, "seconds");
    assert.equal(updatedTime, createTime);
    assert.deepEqual(rest, {
      credentialId: "c1",
      credentialName: "c1",
      credentialType: "PASSWORD",
      credentialRemark: "r",
      v1: "******",
      v2: "******",
      v3: "******",
      v4: "******",
      permissions: { delete: true, view: true, edit: true, use: true },
      updateUser: "admin",
      allowAcrossProject: false,
      createUser: "admin",
    });
    const body = { credentialType: "PASSWORD", v1: "two", credentialName: "name" };
    assert.deepEqual((await v3("PUT", "c1", { body })).body, { status: 0, data: true });
    assert.deepEqual(await values(), { v1: "two" });
    assert.deepEqual((await v3("DELETE", "c1")).body, { status: 0, data: true });
    assert.deepEqual(await outcome(v3("GET", "c1")), [404, 404]);
  });

  it("reaches the same credentials through v4 and through the other kinds of path", async () => {
    const base = "v4/projects/demo/credentials";
    const body = { credentialId: "c4", credentialType: "ACCESSTOKEN", v1: "x" };
    assert.equal((await openapi("POST", `${base}/credential`, { body })).status, 200);
    assert.equal((await data(v3("GET", "c4")))["credentialType"], "ACCESSTOKEN");
    const query = "&credentialId=c4";
    assert.equal((await data(openapi("GET", `${base}/credential`, { query })))["credentialId"], "c4");
    assert.equal((await data(openapi("GET", `${base}/credential_list`)))["count"], 1);
    const update = { credentialType: "ACCESSTOKEN", v1: "y" };
    assert.equal((await openapi("PUT", `${base}/credential`, { query, body: update })).status, 200);
    assert.equal((await openapi("DELETE", `${base}/credential`, { query })).status, 200);
    assert.deepEqual(await outcome(openapi("GET", `${base}/credential`)), [400, 400]);
    for (const kind of ["apigw-user", "apigw-app"]) {
      const url = `${simulator.info.bkci}/ms/openapi/api/${kind}/v3/projects/demo/credentials`;
      assert.equal((await wire(`${url}?access_token=${simulator.info.bkciAccessToken}`)).status, 200);
    }
  });

  const types: [type: string, values: object][] = [
    ["PASSWORD", { v1: "p" }],
    ["MULTI_LINE_PASSWORD", { v1: "p\nq" }],
    ["ACCESSTOKEN", { v1: "t" }],
    ["OAUTHTOKEN", { v1: "t" }],
    ["SECRETKEY", { v1: "k" }],
    ["USERNAME_PASSWORD", { v1: "u", v2: "p" }],
    ["APPID_SECRETKEY", { v1: "a", v2: "s" }],
    ["SSH_PRIVATEKEY", { v1: RSA, v2: "phrase" }],
    ["TOKEN_SSH_PRIVATEKEY", { v1: "t", v2: OPENSSH, v3: "phrase" }],
    ["TOKEN_USERNAME_PASSWORD", { v1: "t", v2: "u", v3: "p" }],
    ["COS_APPID_SECRETID_SECRETKEY_REGION", { v1: "a", v2: "i", v3: "k", v4: "r" }],
  ];
  for (const [credentialType, slots] of types) {
    it(`keeps the values of ${credentialType}`, async () => {
      assert.equal((await create({ credentialType, ...slots })).status, 200);
      assert.deepEqual(await values(), slots);
    });
  }

  const refused: [rule: string, body: object, status: number][] = [
    ["a hyphen in the id", { credentialId: "a-b" }, 2118003],
    ["an id of 41 characters", { credentialId: "a".repeat(41) }, 2118007],
    ["a name of 65 characters", { credentialName: "a".repeat(65) }, 2118006],
    ["a space in the name", { credentialName: "a b" }, 2118002],
    ["a private key with a newline behind it", { credentialType: "SSH_PRIVATEKEY", v1: `${RSA}\n` }, 2118005],
    [
      "a private key with the other footer",
      { credentialType: "SSH_PRIVATEKEY", v1: RSA.replace("END RSA", "END OPENSSH") },
      2118005,
    ],
    ["a token without its private key", { credentialType: "TOKEN_SSH_PRIVATEKEY", v1: "t" }, 2118005],
    ["an app id without its key", { credentialType: "APPID_SECRETKEY", v1: "a" }, 2118005],
    ["a blank v1", { v1: " " }, 400],
    ["the mask as v1", { v1: "******" }, 400],
    ["an unknown type", { credentialType: "PIN" }, 400],
    ["an unknown field", { v5: "x" }, 400],
  ];
  for (const [rule, body, status] of refused) {
    it(`refuses ${rule} with ${status}`, async () => {
      assert.deepEqual(await outcome(create(body)), [400, status]);
      assert.equal(await values(), undefined);
    });
  }

  it("takes an id of 40 and a name of 64 characters, Chinese included", async () => {
    assert.equal((await create({ credentialId: "a".repeat(40), credentialName: `名.${"-".repeat(62)}` })).status, 200);
  });

  it("refuses an id that is taken before it looks at anything else", async () => {
    await create({});
    const taken = create({ credentialName: "a b" });
    assert.deepEqual(await outcome(taken), [400, 2118008]);
    assert.match(((await taken).body as Result).message, /c1/);
  });

  it("leaves values alone that are masked, blank or left out of an update, and clears name and remark", async () => {
    await create({ credentialType: "USERNAME_PASSWORD", v2: "pw", credentialName: "n", credentialRemark: "r" });
    const body = { credentialType: "USERNAME_PASSWORD", v1: "******", v2: " " };
    assert.equal((await v3("PUT", "c1", { body })).status, 200);
    assert.deepEqual(await values(), { v1: "one", v2: "pw" });
    const { credentialName, credentialRemark } = await data(v3("GET", "c1"));
    assert.deepEqual([credentialName, credentialRemark], ["c1", null]);
  });

  it("never stores another type on update; it steers the check of the format only", async () => {
    await create({});
    assert.deepEqual(
      await outcome(v3("PUT", "c1", { body: { credentialType: "SSH_PRIVATEKEY", v1: "x" } })),
      [400, 2118005],
    );
    assert.equal((await v3("PUT", "c1", { body: { credentialType: "ACCESSTOKEN", v1: "x" } })).status, 200);
    assert.equal((await data(v3("GET", "c1")))["credentialType"], "PASSWORD");
  });

  it("tells a missing credential differently on each verb", async () => {
    const body = { credentialType: "PASSWORD", v1: "x" };
    assert.deepEqual(await outcome(v3("GET", "none")), [404, 404]);
    assert.deepEqual(await outcome(v3("PUT", "none", { body })), [400, 2118004]);
    assert.deepEqual(await outcome(v3("DELETE", "none")), [200, 0]);
  });

  it("hides behind a 403 what is missing when control says so", async () => {
    await simulator.control.options({ bkciHidesMissing: true });
    const body = { credentialType: "PASSWORD", v1: "x" };
    assert.deepEqual(await outcome(v3("GET", "none")), [403, 403]);
    assert.deepEqual(await outcome(v3("PUT", "none", { body })), [403, 403]);
    assert.deepEqual(await outcome(v3("DELETE", "none")), [403, 403]);
  });

  it("asks for permission before existence: nobody from outside learns anything", async () => {
    await create({});
    for (const id of ["c1", "none"]) assert.deepEqual(await outcome(v3("GET", id, { user: "stranger" })), [403, 403]);
    assert.deepEqual(await outcome(create({}, { user: "stranger" })), [403, 403]);
    assert.deepEqual(await outcome(create({}, { project: "nowhere" })), [403, 403]);
    assert.deepEqual(await data(v3("GET", "", { user: "stranger" })), {
      count: 0,
      page: 1,
      pageSize: 20,
      totalPages: 0,
      records: [],
    });
  });

  it("answers 404 on every verb to who is no member, when control says so", async () => {
    await create({});
    await simulator.control.options({ bkciHidesProjects: true });
    const body = { credentialType: "PASSWORD", v1: "x" };
    for (const sent of [{ user: "stranger" }, { project: "nowhere" }]) {
      const answers = [
        v3("GET", "", sent),
        v3("GET", "c1", sent),
        v3("PUT", "c1", { ...sent, body }),
        v3("DELETE", "c1", sent),
        create({}, sent),
      ];
      assert.deepEqual(await Promise.all(answers.map(outcome)), Array(5).fill([404, 404]));
    }
    assert.equal((await v3("GET", "c1")).status, 200);
    assert.deepEqual(await outcome(v3("GET", "none")), [404, 404]);
  });

  it("lets members change what they created and nothing else", async () => {
    await simulator.control.seed({ projects: [{ englishName: "team", members: { admin: "manager", eve: "member" } }] });
    const project = "team";
    await create({ credentialId: "mine" }, { project, user: "eve" });
    await create({ credentialId: "theirs" }, { project, user: "admin" });
    const remove = (id: string): Promise<[number, number]> => outcome(v3("DELETE", id, { project, user: "eve" }));
    assert.deepEqual(await remove("theirs"), [403, 403]);
    assert.deepEqual(await remove("mine"), [200, 0]);
  });

  it("lists by pages of at most 100, by type and keyword, with a count that ignores the keyword", async () => {
    const credentials = Array.from({ length: 150 }, (_, n) => ({
      credentialId: `c${n}`,
      credentialType: n % 2 === 0 ? ("PASSWORD" as const) : ("ACCESSTOKEN" as const),
      v1: "x",
      ...(n === 7 && { credentialRemark: "seven" }),
    }));
    await simulator.control.seed({ credentials });
    const list = async (query: string): Promise<[count: unknown, shown: number]> => {
      const { count, records } = await data(v3("GET", "", { query }));
      return [count, (records as unknown[]).length];
    };
    assert.deepEqual(await list(""), [150, 20]);
    assert.deepEqual(await list("&pageSize=500"), [150, 100]);
    assert.deepEqual(await list("&page=2&pageSize=100"), [150, 50]);
    assert.deepEqual(await list("&credentialTypes=PASSWORD&pageSize=100"), [75, 75]);
    assert.deepEqual(await list("&keyword=c149"), [150, 1]);
    assert.deepEqual(await list("&keyword=seven"), [150, 1]);
    assert.deepEqual(await outcome(v3("GET", "", { query: "&credentialTypes=PIN" })), [400, 400]);
  });

  it("speaks the language control chooses", async () => {
    const message = async (): Promise<string> => ((await v3("GET", "none")).body as Result).message;
    assert.equal(await message(), "requested resource does not exist");
    await simulator.control.options({ bkciLanguage: "zh" });
    assert.equal(await message(), "请求的资源不存在");
  });
});
