/** Every field of every answer gets a wrong type, one after the other: the result is a success or a readable error. */
import assert from "node:assert/strict";
import { mock } from "node:test";
import type { Handler } from "../../../provider/hosts/dynamic/handler";
import { handlersFor } from "../../support/handlers";
import type { Bag } from "../../support/life";
import { Outside } from "../../simulator/outside";
import { openSimulator, type TestSimulator } from "../../simulator/open";
import { definition, specs } from "../../support/definitions";
import { serve, type Received, type Script } from "../http/support/server";

type Path = readonly (string | number)[];
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Ids of the objects that exist before. Other resources refer to them. */
interface Scene {
  readonly appId: string;
  readonly envId: string;
  readonly groupId: string;
  readonly apiId: string;
}

/** The inputs of a program at first, and after a change. */
type Programs = (scene: Scene) => readonly [first: Bag, then: Bag];

const types: Readonly<Record<string, Programs>> = {
  App: () => [
    { name: "shop", remark: "one" },
    { name: "shop", remark: "two", rotateSecret: { with: "2" } },
  ],
  AppCode: ({ appId }) => [
    { appId, propagationSeconds: 0 },
    { appId, propagationSeconds: 1 },
  ],
  Environment: () => [
    { name: "testing", remark: "one" },
    { name: "testing", remark: "two" },
  ],
  ApiImport: () => [
    { definition: definition(specs(2)), mockMode: true },
    { definition: definition(specs(3).slice(1)), mockMode: true },
  ],
  ApiPublication: ({ envId, groupId }) => [
    { envId, groupId },
    { envId, groupId, triggers: { again: "1" } },
  ],
  AppAuthorization: ({ envId, appId, apiId }) => [
    { envId, appIds: [appId], apiIds: [apiId] },
    { envId, appIds: [appId, appId], apiIds: [apiId] },
  ],
  BkciCredential: () => [
    { credentialId: "code", type: "PASSWORD", password: "one" },
    { credentialId: "code", type: "PASSWORD", password: "two", remark: "changed" },
  ],
  SecretTagQuery: () => [{ action: "filter" }, { action: "filter", matches: [{ key: "resource_name", value: "d" }] }],
};

/** Objects whose members are all of one kind. */
const alike = ["paths", "responses", "securitySchemes"];

/** Paths of all members of an answer. Of lists, and of members of one kind, only the first is used. */
function pathsIn(value: Json, at: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [at];
  const isAlike = Array.isArray(value) || alike.includes(String(at.at(-1)));
  const members = Object.entries(value).slice(0, isAlike ? 1 : undefined);
  return [at, ...members.flatMap(([key, item]) => pathsIn(item, [...at, key]))];
}

/** Wrong values for a member. `undefined` removes it. */
function insteadOf(value: Json): (Json | undefined)[] {
  const of: Record<string, Json[]> = { number: ["x", 1e9], string: [7, "\u202e\u0007\ud800"] };
  return [undefined, null, { a: [] }, ...(Array.isArray(value) ? ["x", [null]] : (of[typeof value] ?? ["x"]))];
}

function valueAt(value: Json | undefined, path: Path): Json | undefined {
  return path.reduce<Json | undefined>((found, key) => (found as Record<string, Json>)[key], value);
}

function replaced(value: Json, path: Path, by: Json | undefined): Json | undefined {
  if (path.length === 0) return by;
  const copy = structuredClone(value);
  const parent = valueAt(copy, path.slice(0, -1)) as Record<string, Json>;
  const key = path.at(-1) ?? "";
  if (by === undefined) Reflect.deleteProperty(parent, key);
  else parent[key] = by;
  return copy;
}

describe("A wrong type in an answer", function () {
  this.timeout(120_000);
  let simulator: TestSimulator;
  let outside: Outside;
  let between: Script;
  /** The answers of a run with their requests, and the change of one answer. */
  let answers: { readonly to: string; readonly json: Json }[] = [];
  let change: { readonly nth: number; readonly path: Path; readonly by: Json | undefined } | undefined;

  before(async () => {
    simulator = await openSimulator();
    outside = new Outside(simulator.info);
    between = await serve(async (request, response) => {
      const answer = await passOn(request);
      const text = await answer.text();
      response.writeHead(answer.status, { "content-type": "application/json" });
      if (!text.startsWith("{") || !answer.ok) return void response.end(text);
      const json = JSON.parse(text) as Json;
      const to = `${request.method} ${request.target.replace(/\?.*|[0-9a-f]{32}/g, "")}`;
      const nth = answers.push({ to, json }) - 1;
      if (change?.nth !== nth) return void response.end(text);
      const wrong = replaced(json, change.path, change.by);
      response.end(wrong === undefined ? "" : JSON.stringify(wrong));
    });
  });
  after(async () => {
    await between.close();
    await simulator.close();
  });

  function passOn({ method, target, headers, body }: Received): Promise<Response> {
    const kept = Object.entries(headers).filter(([name]) => !["host", "connection", "content-length"].includes(name));
    const sent = method === "GET" ? {} : { body: new Uint8Array(body) };
    return fetch(new URL(target, simulator.info.url), { method, headers: kept as [string, string][], ...sent });
  }

  async function scene(): Promise<Scene> {
    await simulator.control.reset();
    await simulator.control.seed({ secrets: [{ name: "db", tags: { app: "shop" } }, { name: "mail" }] });
    const { id: appId } = await outside.apig<{ id: string }>("POST", "/apps", { name: "somebody" });
    const { id: envId } = await outside.apig<{ id: string }>("POST", "/envs", { name: "staging" });
    const { id: groupId } = await outside.apig<{ id: string }>("POST", "/api-groups", { name: "pets" });
    const { id: apiId } = await outside.apig<{ id: string }>("POST", "/apis", {
      group_id: groupId,
      name: "list_pets",
      type: 1,
      req_protocol: "HTTPS",
      req_method: "GET",
      req_uri: "/pets",
      auth_type: "APP",
      backend_type: "MOCK",
      mock_info: { result_content: "[]" },
    });
    await outside.apig("POST", "/apis/action", { action: "online", env_id: envId, api_id: apiId });
    return { appId, envId, groupId, apiId };
  }

  /** Runs all operations of a resource. Returns the errors and warnings. */
  async function live(type: string): Promise<string[]> {
    const complaints: string[] = [];
    const warnings = mock.method(process.stderr, "write", (text: string) => complaints.push(text) > 0);
    try {
      await liveThrough(type, complaints);
    } finally {
      warnings.mock.restore();
    }
    return complaints;
  }

  async function liveThrough(type: string, complaints: string[]): Promise<void> {
    const [first, then] = types[type]!(await scene());
    answers = [];
    const step = async <T>(run: () => Promise<T>): Promise<T | undefined> => {
      try {
        return await run();
      } catch (error) {
        complaints.push(error instanceof Error ? error.message : String(error));
        return undefined;
      }
    };
    const endpoints = JSON.stringify({ apig: between.url, kms: between.url, iam: between.url });
    const settings = { "huaweicloud:endpoints": endpoints, "bkci:endpoint": between.url };
    const start = () => (handlersFor(simulator, settings) as unknown as Record<string, Handler>)[type]!;
    let handler = start();
    const check = async (inputs: Bag, olds: Bag = {}) => {
      const checked = await step(() => handler.check(olds, { ...inputs, __provider: "text" }));
      complaints.push(...(checked?.failures.map(({ reason }) => reason) ?? []));
      return checked?.failures.length === 0 ? { ...checked.inputs, __provider: "text" } : undefined;
    };

    const news = await check(first);
    const made = news && (await step(() => handler.create(news)));
    if (!made) return;
    const { id, outs } = made;
    const seen = await step(() => handler.read(id, outs));
    assert.ok(JSON.stringify([made, seen]).search(/\\ud[89a-f]/) < 0, "half a character goes to the engine");
    let state = outs;
    handler = start();
    const changed = await check(then, news);
    if (changed) {
      await step(() => handler.diff(id, outs, changed));
      state = (await step(() => handler.update(id, outs, changed)))?.outs ?? outs;
    }
    // In another process: in the process that made the object, this delete would be for an old entry in state.
    await step(() => start().delete(id, state));
  }

  for (const type of Object.keys(types)) {
    it(`is no mystery to whoever has a ${type}`, async () => {
      change = undefined;
      // The objects that existed before were published before.
      const others = (complaint: string) => complaint.startsWith("warning: Still published");
      assert.deepEqual(
        (await live(type)).filter((each) => !others(each)),
        [],
      );
      // Only the first answer to each kind of call is changed.
      const firsts = answers.filter(({ to }, nth) => answers.findIndex((each) => each.to === to) === nth);
      const rows = firsts.flatMap((answer) =>
        pathsIn(answer.json).flatMap((path) =>
          insteadOf(valueAt(answer.json, path)!).map((by) => ({ nth: answers.indexOf(answer), path, by })),
        ),
      );
      assert.ok(rows.length > 20, `${rows.length}`);
      const mysteries: string[] = [];
      for (const row of rows) {
        change = row;
        for (const complaint of await live(type)) {
          const bug =
            /TypeError|Cannot |not a function|iterable|(?<!received )undefined|\[object|NaN|[^\P{Cc}\n]|\p{Bidi_Control}|\p{Surrogate}/u.exec(
              complaint,
            );
          if (bug) mysteries.push(`${JSON.stringify(row)}: ${complaint.slice(0, 300)}`);
        }
      }
      assert.deepEqual(mysteries.slice(0, 10), []);
    });
  }
});
