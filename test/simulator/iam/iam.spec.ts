import assert from "node:assert/strict";
import { openSimulator, type TestSimulator } from "../open";
import type { Identity } from "../core/identity";
import { wire, type Answer } from "../core/wire";

const DAY = 24 * 60 * 60 * 1000;

describe("IAM over raw HTTP", () => {
  let simulator: TestSimulator;
  let identity: Identity;

  before(async () => {
    simulator = await openSimulator();
    ({ identity } = (await simulator.control.state()) as unknown as { identity: Identity });
  });
  beforeEach(() => simulator.control.reset());
  after(() => simulator.close());

  interface Login {
    name?: string;
    password?: string;
    domain?: string;
    scope?: object;
  }
  const login = ({ name, password, domain, scope }: Login = {}, query = ""): Promise<Answer> => {
    const user = identity.users[0]!;
    return wire(`${simulator.info.iam}/v3/auth/tokens${query}`, {
      method: "POST",
      body: {
        auth: {
          identity: {
            methods: ["password"],
            password: {
              user: {
                name: name ?? user.name,
                password: password ?? user.password,
                domain: { name: domain ?? identity.domain.name },
              },
            },
          },
          scope: scope ?? { project: { name: "sim-north-1" } },
        },
      },
    });
  };
  const projects = (token: string, query = ""): Promise<Answer> =>
    wire(`${simulator.info.iam}/v3/projects${query}`, { headers: { "x-auth-token": token } });
  const unauthorized = {
    error: { code: 401, message: "The request you have made requires authentication.", title: "Unauthorized" },
  };

  it("gives a token of 24 hours for a project by name or id", async () => {
    await simulator.control.clock({ set: "2030-01-01T00:00:00Z" });
    for (const project of [{ name: "sim-north-1" }, { id: simulator.info.projectId }]) {
      const { status, headers, body } = await login({ scope: { project } }, "?nocatalog=1");
      assert.equal(status, 201);
      assert.ok(String(headers["x-subject-token"]).length > 100);
      const { token } = body as { token: { expires_at: string; project: object; user: { name: string } } };
      assert.match(token.expires_at, /^2030-01-02T00:00:0\d\.\d{6}Z$/);
      assert.deepEqual(token.project, { id: simulator.info.projectId, name: "sim-north-1", domain: identity.domain });
      assert.equal(token.user.name, "simulator");
    }
  });

  it("gives a token for the account", async () => {
    const { status, body } = await login({ scope: { domain: { name: identity.domain.name } } });
    assert.equal(status, 201);
    assert.deepEqual((body as { token: { domain: object } }).token.domain, identity.domain);
  });

  it("lets a token in until it expires", async () => {
    const token = String((await login()).headers["x-subject-token"]);
    assert.equal((await projects(token)).status, 200);
    await simulator.control.clock({ advance: DAY - 60_000 });
    assert.equal((await projects(token)).status, 200);
    await simulator.control.clock({ advance: 60_000 });
    const late = await projects(token);
    assert.deepEqual([late.status, late.body], [401, unauthorized]);
  });

  it("lets a token into its own project only", async () => {
    const token = String((await login({ scope: { project: { name: "sim-south-1" } } })).headers["x-subject-token"]);
    const status = async (projectId: string): Promise<number> =>
      (await wire(`${simulator.info.kms}/v1/${projectId}/secrets`, { headers: { "x-auth-token": token } })).status;
    assert.equal(await status(identity.places[0]!.projectId), 403);
    assert.equal(await status(identity.places[1]!.projectId), 200);
  });

  const refused: [rule: string, login: Login, status: number][] = [
    ["a wrong password", { password: "wrong" }, 401],
    ["an unknown user", { name: "nobody" }, 401],
    ["another account", { domain: "other" }, 401],
    ["an unknown project", { scope: { project: { name: "mars-1" } } }, 400],
    ["an unknown part of the scope", { scope: { planet: {} } }, 400],
  ];
  for (const [rule, sent, status] of refused) {
    it(`refuses ${rule} with ${status}`, async () => {
      const answer = await login(sent);
      assert.equal(answer.status, status);
      const { error } = answer.body as { error: { code: number } };
      assert.equal(error.code, status);
      assert.equal(answer.headers["x-subject-token"], undefined);
    });
  }

  it("refuses a project that the user may not act in", async () => {
    const { name, password } = identity.users[1]!;
    assert.equal((await login({ name, password, scope: { project: { name: "sim-south-1" } } })).status, 400);
    assert.equal((await login({ name, password })).status, 201);
  });

  it("finds a project by its name, and none for a name that is not there", async () => {
    const found = (await projects(simulator.info.token, "?name=sim-south-1")).body as { projects: { id: string }[] };
    assert.deepEqual(
      found.projects.map(({ id }) => id),
      [identity.places[1]!.projectId],
    );
    const none = (await projects(simulator.info.token, "?name=mars-1")).body as typeof found;
    assert.deepEqual(none.projects, []);
  });

  it("lists projects by pages, of which both numbers must be given", async () => {
    const page = async (query: string): Promise<unknown> => {
      const { status, body } = await projects(simulator.info.token, query);
      return status === 200 ? (body as { projects: { name: string }[] }).projects.map(({ name }) => name) : status;
    };
    assert.deepEqual(await page("?page=1&per_page=1"), ["sim-north-1"]);
    assert.deepEqual(await page("?page=2&per_page=1"), ["sim-south-1"]);
    assert.deepEqual(await page("?page=2&per_page=5000"), []);
    for (const query of ["?page=1", "?per_page=1", "?page=0&per_page=1", "?page=1&per_page=5001"]) {
      assert.equal(await page(query), 400, query);
    }
  });

  describe("as Keystone v3", () => {
    const post = (auth: object): Promise<Answer> =>
      wire(`${simulator.info.iam}/v3/auth/tokens`, { method: "POST", body: { auth } });
    const project = { name: "sim-north-1" };
    const byToken = (id: string, scope: object = { project }): Promise<Answer> =>
      post({ identity: { methods: ["token"], token: { id } }, scope });

    it("knows users by id, and the account by id", async () => {
      const { id, name, password } = identity.users[0]!;
      const domain = { id: identity.domain.id };
      for (const user of [
        { id, password },
        { name, password, domain },
      ]) {
        const { status } = await post({ identity: { methods: ["password"], password: { user } }, scope: { domain } });
        assert.equal(status, 201);
      }
      const wrong = { identity: { methods: ["password"], password: { user: { id, password: "wrong" } } } };
      assert.equal((await post(wrong)).status, 401);
    });

    it("takes a project with its account, and refuses another account", async () => {
      assert.equal((await login({ scope: { project: { ...project, domain: identity.domain } } })).status, 201);
      assert.equal((await login({ scope: { project: { ...project, domain: { name: "other" } } } })).status, 400);
    });

    it("gives a token for a token, which does not live longer", async () => {
      await simulator.control.clock({ advance: DAY - 60_000 });
      const { status, headers, body } = await byToken(simulator.info.token, { project: { name: "sim-south-1" } });
      assert.equal(status, 201);
      assert.deepEqual((body as { token: { methods: string[] } }).token.methods, ["token"]);
      const token = String(headers["x-subject-token"]);
      assert.equal((await projects(token)).status, 200);
      await simulator.control.clock({ advance: 60_000 });
      assert.equal((await projects(token)).status, 401);
      assert.equal((await byToken(simulator.info.token)).status, 401);
    });

    it("gives nothing for a token that it did not issue", async () => {
      const { status, body } = await byToken("unknown");
      assert.deepEqual([status, body], [401, unauthorized]);
    });
  });

  it("names the account", async () => {
    const { body } = await wire(`${simulator.info.iam}/v3/auth/domains`, {
      headers: { "x-auth-token": simulator.info.token },
    });
    const [domain] = (body as { domains: { id: string; name: string }[] }).domains;
    assert.deepEqual([domain!.id, domain!.name], [identity.domain.id, identity.domain.name]);
  });

  it("asks for credentials", async () => {
    const answer = await wire(`${simulator.info.iam}/v3/projects`);
    assert.deepEqual([answer.status, answer.body], [401, unauthorized]);
  });
});
