import assert from "node:assert/strict";
import { hostname, userInfo } from "node:os";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as apig from "../support/apig";
import { Outside } from "../simulator/outside";
import { startPostgres, type Postgres } from "../support/postgres";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { TestStack } from "../support/stack";

describe("state in PostgreSQL, for more than one machine", function () {
  this.timeout(180_000);
  let simulator: TestSimulator;
  let outside: Outside;
  let postgres: Postgres;
  const open: { close(): Promise<void> }[] = [];
  const stacks: TestStack[] = [];

  before(async () => {
    open.push((postgres = await startPostgres()));
    open.push((simulator = await openSimulator()));
    outside = new Outside(simulator.info);
  });
  after(() => Promise.all(open.map((each) => each.close())));
  beforeEach(() => simulator.control.reset());
  afterEach(() => Promise.all(stacks.splice(0).map((stack) => stack.close())));

  async function openStack(program: PulumiFn): Promise<TestStack> {
    const stack = await TestStack.open({
      program,
      env: { ...simulator.env, PULUMI_BACKEND_URL: postgres.url },
    });
    stacks.push(stack);
    return stack;
  }

  const total = async (path: string): Promise<number> => (await outside.apig<{ total: number }>("GET", path)).total;

  it("refuses a second update of a stack, names the user who runs the first, and loses nothing", async () => {
    let finish = (): void => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    let appExists = (): void => undefined;
    const underWay = new Promise<void>((resolve) => (appExists = resolve));
    const stack = await openStack(() => {
      const app = new apig.App("app", { name: "shop" });
      app.appId.apply(appExists);
      new apig.AppCode("code", { appId: app.appId.apply((id) => finished.then(() => id)) });
      return Promise.resolve();
    });

    const first = stack.up();
    await Promise.race([underWay, first]);
    const owner = `${userInfo().username}@${hostname()}`;
    await assert
      .rejects(stack.up(), ({ message }: Error) => {
        assert.match(message, /currently locked/);
        assert.ok(message.includes(`created by ${owner} (pid `), message);
        return true;
      })
      .finally(finish);
    const { changes } = await first;
    assert.equal(changes.create, 3);

    await stack.preview({ expectNoChanges: true });
    assert.equal(await total("/apps"), 1);
  });

  it("updates ten stacks at once, each with its own engine and provider, although the service throttles", async () => {
    await simulator.control.faults({ throttles: [{ operation: "apig", calls: 3, windowMs: 200 }] });
    const names = Array.from({ length: 10 }, (_, n) => `team_${n}`);
    // The first one makes the table of states: PostgreSQL allows only one client at a time to make it.
    const [first, ...others] = names.map((name) => () => openStack(() => team(name)));
    const many = [await first!(), ...(await Promise.all(others.map((openOther) => openOther())))];
    const done = await Promise.all(many.map((stack) => stack.up()));
    assert.deepEqual(
      done.map(({ changes }) => changes.create),
      names.map(() => 6),
    );

    const refused = (await simulator.control.journal()).filter(({ status }) => status === 429);
    assert.ok(refused.length > 0, "the throttling was felt");
    await simulator.control.faults({});
    assert.deepEqual([await total("/apps"), await total("/apis"), await total("/api-groups")], [10, 20, 11]);
    const { apps } = await outside.apig<{ apps: { id: string; name: string }[] }>("GET", "/apps");
    assert.deepEqual(apps.map(({ name }) => name).sort(), names);
    for (const { id } of apps) assert.equal(await total(`/apps/${id}/app-codes`), 2);
  });
});

/** Declares some resources of each type, with a name that no other stack uses. */
function team(name: string): Promise<void> {
  const operation = (operationId: string) => ({
    get: {
      operationId,
      responses: { 200: { description: "ok" } },
      "x-apigateway-backend": { type: "MOCK", mockEndpoints: { "result-content": "ok" } },
    },
  });
  const { groupId, operations } = new apig.ApiImport("api", {
    definition: {
      openapi: "3.0.3",
      info: { title: name, version: "1" },
      paths: { [`/${name}/one`]: operation("one"), [`/${name}/two`]: operation("two") },
    },
  });
  new apig.ApiPublication("api", { envId: "DEFAULT_ENVIRONMENT_RELEASE_ID", groupId, triggers: operations });
  const app = new apig.App("app", { name });
  for (const code of ["one", "two"]) new apig.AppCode(code, { appId: app.appId });
  return Promise.resolve();
}
