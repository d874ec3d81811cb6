import assert from "node:assert/strict";
import { Connection } from "../../../provider/settings/connection";
import { ApiError, SettingsError } from "../../../provider/http/errors";
import { loadSettings } from "../../../provider/settings/settings";
import { create, read } from "../http/support/operations";
import { connectTo, heldRuntime, place, respond, servers, type Answer, type Received } from "../http/support/server";

const open = servers();
const user = { "huaweicloud:userName": "dev", "huaweicloud:password": "pass-word", "huaweicloud:domainName": "acme" };
const start = Date.UTC(2026, 0, 15);
const hour = 3_600_000;

/** An IAM that issues numbered tokens, and an APIG on the same host that accepts those that are not revoked. */
function cloud(options: { lifetime?: number; now?: () => number } = {}) {
  const { lifetime = 24 * hour, now = () => start } = options;
  const issued: Received[] = [];
  const revoked = new Set<string>();
  const answer: Answer = (request, response) => {
    if (request.target.startsWith("/v3/auth/tokens")) {
      issued.push(request);
      const expires = new Date(now() + lifetime).toISOString().replace("Z", "000Z");
      const scope = scopeOf(request);
      const headers = { "X-Subject-Token": `token-${issued.length}` };
      respond(response, {
        status: 201,
        headers,
        body: { token: { expires_at: expires, project: { id: scope.id ?? `id-of-${scope.name ?? ""}` } } },
      });
      return;
    }
    const token = String(request.headers["x-auth-token"]);
    if (!token.startsWith("token-") || revoked.has(token)) {
      respond(response, { status: 401, body: { error_code: "APIG.1002", error_msg: "Incorrect token" } });
      return;
    }
    respond(response, { status: request.method === "POST" ? 201 : 200, body: { id: token } });
  };
  return { answer, issued, revoked };
}

const scopeOf = (request: Received) =>
  (JSON.parse(request.body.toString()) as { auth: { scope: { project: { id?: string; name?: string } } } }).auth.scope
    .project;

describe("a user with a password", () => {
  it("logs in as IAM documents it, for the project of the place", async () => {
    const { answer, issued } = cloud();
    const server = await open(answer);
    await connectTo(server.url, heldRuntime(start), user)
      .huawei(place)
      .call(read, { path: { id: "t" } });
    assert.ok(issued[0]);
    assert.equal(issued[0].target, "/v3/auth/tokens?nocatalog=1");
    assert.deepEqual(JSON.parse(issued[0].body.toString()), {
      auth: {
        identity: {
          methods: ["password"],
          password: { user: { name: "dev", password: "pass-word", domain: { name: "acme" } } },
        },
        scope: { project: { id: "p1" } },
      },
    });
    assert.equal(server.received[1]?.headers["x-auth-token"], "token-1");
  });

  it("logs in once, however many calls ask at the same time", async () => {
    const { answer, issued } = cloud();
    const server = await open(answer);
    const connection = connectTo(server.url, heldRuntime(start), user);
    await Promise.all(
      Array.from({ length: 50 }, (_, id) => connection.huawei(place).call(read, { path: { id: String(id) } })),
    );
    assert.equal(issued.length, 1);
  });

  it("logs in once for the project id and the calls together, when only the region is known", async () => {
    const { answer, issued } = cloud();
    const server = await open(answer);
    const connection = connectTo(server.url, heldRuntime(start), { ...user, "huaweicloud:projectId": "" });
    assert.deepEqual(connection.declaredPlace(), { region: "test-1", projectName: "test-1" });
    const resolved = await connection.resolvePlace();
    assert.deepEqual(resolved, { region: "test-1", projectId: "id-of-test-1" });
    await connection.huawei(resolved).call(read, { path: { id: "t" } });
    assert.equal(issued.length, 1);
    assert.deepEqual(issued.map(scopeOf), [{ name: "test-1" }]);
  });

  it("has a token for each project", async () => {
    const { answer, issued } = cloud();
    const server = await open(answer);
    const connection = connectTo(server.url, heldRuntime(start), user);
    await connection.huawei(place).call(read, { path: { id: "t" } });
    await connection.huawei({ region: "test-1", projectId: "p2" }).call(read, { path: { id: "t" } });
    assert.deepEqual(issued.map(scopeOf), [{ id: "p1" }, { id: "p2" }]);
  });

  it("gets a new token ahead of the end of the old one", async () => {
    const runtime = heldRuntime(start);
    const { answer, issued } = cloud({ now: runtime.now });
    const server = await open(answer);
    const caller = connectTo(server.url, runtime, user).huawei(place);
    await caller.call(read, { path: { id: "t" } });
    runtime.pass(23 * hour);
    await caller.call(read, { path: { id: "t" } });
    assert.equal(issued.length, 1);
    runtime.pass(hour - 60_000);
    await caller.call(read, { path: { id: "t" } });
    assert.equal(issued.length, 2);
  });

  it("does not log in for every call when tokens live only for seconds", async () => {
    const runtime = heldRuntime(start);
    const { answer, issued } = cloud({ now: runtime.now, lifetime: 30_000 });
    const server = await open(answer);
    const caller = connectTo(server.url, runtime, user).huawei(place);
    for (let count = 0; count < 5; count++) await caller.call(read, { path: { id: "t" } });
    assert.equal(issued.length, 1);
  });

  it("logs in again when the token is refused, once for all calls that were refused, also for a create", async () => {
    const { answer, issued, revoked } = cloud();
    const server = await open(answer);
    const caller = connectTo(server.url, heldRuntime(start), user).huawei(place);
    await caller.call(read, { path: { id: "t" } });
    revoked.add("token-1");
    const calls = Array.from({ length: 10 }, (_, id) =>
      id === 0 ? caller.call(create, { path: { instance_id: "i" } }) : caller.call(read, { path: { id: String(id) } }),
    );
    const answers = await Promise.all(calls);
    assert.deepEqual(new Set(answers.map((thing) => (thing as { id: string }).id)), new Set(["token-2"]));
    assert.equal(issued.length, 2);
  });

  it("does not go on logging in when fresh tokens are refused too", async () => {
    const { answer, issued, revoked } = cloud();
    revoked.add("token-1").add("token-2");
    const server = await open(answer);
    const error = await connectTo(server.url, heldRuntime(start), user)
      .huawei(place)
      .call(read, { path: { id: "t" } })
      .catch((thrown: unknown) => thrown);
    assert.ok(error instanceof ApiError);
    assert.equal(error.kind, "unauthorized");
    assert.equal(issued.length, 2);
  });

  it("that IAM does not know is an error about the log-in, never that something is gone", async () => {
    for (const status of [401, 404]) {
      const server = await open({
        status,
        body: { error: { code: status, message: "The username or password is wrong." } },
      });
      const error = await connectTo(server.url, heldRuntime(start), user)
        .huawei(place)
        .call(read, { path: { id: "t" }, subject: "t" })
        .catch((thrown: unknown) => thrown);
      assert.ok(error instanceof ApiError);
      assert.match(
        error.message,
        /could not get a token for IAM user dev of acme in project p1: The username or password is wrong/,
      );
      assert.notEqual(error.kind, "not-found");
      assert.equal(server.received.length, 1);
    }
  });

  it("can log in again after a failed log-in", async () => {
    const { answer } = cloud();
    const server = await open({ status: 400 }, answer);
    const caller = connectTo(server.url, heldRuntime(start), user).huawei(place);
    await assert.rejects(caller.call(read, { path: { id: "t" } }));
    assert.deepEqual(await caller.call(read, { path: { id: "t" } }), { id: "token-1" });
  });
});

describe("the project id", () => {
  const projects = (...found: object[]): Answer => ({ status: 200, body: { projects: found, links: {} } });

  it("is not asked for when it is set", async () => {
    const server = await open(projects());
    assert.deepEqual(await connectTo(server.url).resolvePlace(), place);
    assert.equal(server.received.length, 0);
  });

  for (const [how, config] of Object.entries({
    "a ready token": { "huaweicloud:token": "tok" },
    "an access key": { "huaweicloud:accessKey": "ak", "huaweicloud:secretKey": "sk" },
  })) {
    it(`is looked up by name once, with ${how}`, async () => {
      const server = await open(projects({ id: "p-other", name: "eu-1_mine_2" }, { id: "p-mine", name: "eu-1_mine" }));
      const connection = connectTo(server.url, heldRuntime(), {
        ...config,
        "huaweicloud:projectId": "",
        "huaweicloud:projectName": "eu-1_mine",
      });
      const places = await Promise.all([
        connection.resolvePlace(),
        connection.resolvePlace(),
        connection.resolvePlace(),
      ]);
      assert.deepEqual(places[0], { region: "test-1", projectId: "p-mine" });
      assert.deepEqual(
        server.received.map(({ target }) => target),
        ["/v3/projects?name=eu-1_mine"],
      );
    });
  }

  it("of a project nobody shows us is a settings error, because nothing is gone", async () => {
    const server = await open(projects());
    const error = await connectTo(server.url, heldRuntime(), { "huaweicloud:projectId": "" })
      .resolvePlace()
      .catch((thrown: unknown) => thrown);
    assert.ok(error instanceof SettingsError);
    assert.match(error.message, /test-1.*HW_PROJECT_NAME/);
  });

  it("is asked for again after a failure", async () => {
    const server = await open({ status: 403 }, projects({ id: "p9", name: "test-1" }));
    const connection = connectTo(server.url, heldRuntime(), { "huaweicloud:projectId": "" });
    await assert.rejects(connection.resolvePlace());
    assert.deepEqual(await connection.resolvePlace(), { region: "test-1", projectId: "p9" });
  });
});

describe("the address of IAM", () => {
  it("is authUrl where it is set, with or without v3 at its end", async () => {
    for (const suffix of ["v3", "v3/", ""]) {
      const { answer, issued } = cloud();
      const server = await open(answer);
      const settings = {
        ...user,
        "huaweicloud:authUrl": server.url + suffix,
        "huaweicloud:endpoints": JSON.stringify({ apig: server.url, iam: "https://127.0.0.1:9/" }),
      };
      await connectTo(server.url, heldRuntime(start), settings)
        .huawei(place)
        .call(read, { path: { id: "t" } });
      assert.equal(issued.length, 1);
    }
  });
});

describe("missing settings", () => {
  const connection = (config: Record<string, string>) => new Connection(loadSettings((key) => config[key], {}));

  it("are an error only when they are needed", () => {
    const bkciOnly = connection({ "bkci:endpoint": "https://ci.example.com", "bkci:userId": "u" });
    assert.ok(bkciOnly.bkci());
    assert.throws(() => bkciOnly.declaredPlace(), /huaweicloud:region.*HW_REGION_NAME/);
    assert.throws(() => bkciOnly.huawei(place), /HW_ACCESS_KEY.*HW_AUTH_TOKEN.*HW_USER_NAME/);
    assert.throws(() => connection({}).bkci(), /bkci:endpoint.*BKCI_ENDPOINT/);
  });

  it("never stop an object in a recorded place: its region needs no setting", () => {
    assert.ok(connection({ "huaweicloud:token": "tok" }).huawei(place));
  });
});
