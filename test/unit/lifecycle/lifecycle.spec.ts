/** What every resource type gets from `manage`, tested with a type whose service is a variable. */
import assert from "node:assert/strict";
import { z } from "zod";
import { Connection } from "../../../provider/settings/connection";
import { BatchError } from "../../../provider/clients/apig/batches";
import type { ResourceType } from "../../../provider/lifecycle/contract";
import { implement, type Handler } from "../../../provider/hosts/dynamic/handler";
import { stateVersion } from "../../../provider/lifecycle/manage";
import { GoneError, PartialCreateError } from "../../../provider/lifecycle/errors";
import { loadSettings } from "../../../provider/settings/settings";
import { hostOf } from "../../support/handlers";
import { unknown, type Bag } from "../../support/life";
import { read } from "../http/support/operations";
import { connectTo, heldRuntime, place, servers } from "../http/support/server";

const open = servers();

const inputs = z.object({
  name: z.string().min(3, "must have at least 3 characters"),
  parts: z.array(z.object({ size: z.number() })).optional(),
  password: z.string().optional(),
  place: z.string(),
});
type Args = z.infer<typeof inputs>;

const token = "token-of-the-settings";
const password = "password-of-the-resource";
const text = { __provider: "text" };

/** A thing: replaced when its name or its place changes. */
const thing: ResourceType<Args, Args> = {
  type: "Thing",
  inputs,
  resolved: ["place"],
  secrets: ["password"],
  idOutputs: [],
  computed: [],
  replaceOn: ["name", "place"],
  notCompared: ["place"],
  defaults: () => ({ place: "here" }),
  differences: (old, { place }) => Promise.resolve(old.place === place ? [] : ["place"]),
  create: () => Promise.resolve({ id: "1", outputs: { made: true } }),
  read: (_id, old) => Promise.resolve({ name: old?.name ?? "found" }),
  update: () => Promise.resolve({ made: true }),
  delete: () => Promise.resolve(),
};

const connection = new Connection(loadSettings((key) => ({ "huaweicloud:token": token })[key], {}));
const host = hostOf(connection);
const handler = (changes: Partial<ResourceType<Args, Args>> = {}): Handler => implement({ ...thing, ...changes }, host);
const failing = (error: Error) => () => Promise.reject(error);

/** All its operations end with this result. */
const whole = (end: () => Promise<never>) => ({ create: end, read: end, update: end, delete: end, differences: end });

/** Every call that gets a secret. */
function callsOf(each: Handler, password: string): (() => Promise<unknown>)[] {
  const old = { ...state, password };
  const news = { ...text, name: "one", password, place: "here" };
  return [
    () => each.create(news),
    () => each.read("1", old),
    () => each.update("1", old, { ...news, name: "two" }),
    () => each.diff("1", old, news),
    () => each.delete("1", old),
  ];
}

const state = { name: "one", password, place: "here", made: true, stateVersion };

describe("the host is told", () => {
  it("which known properties are wrong, with their paths, and nothing about unknown ones", async () => {
    const { failures } = await handler().check({}, { ...text, name: "x", parts: [{ size: 1 }, { size: "2" }] });
    assert.deepEqual(
      failures.map(({ property, reason }) => property || reason.split(":")[0]),
      ["name", "parts[1].size"],
    );
    const pending = await handler().check({}, { ...text, name: unknown, parts: [{ size: unknown }, { size: "2" }] });
    assert.deepEqual(pending, {
      inputs: { name: unknown, parts: [{ size: unknown }, { size: "2" }], place: "here" },
      failures: [],
    });
  });

  it("of a wrong secret, and of a property that does not exist, in words only: values of named ones are printed", async () => {
    const { failures } = await handler().check({}, { name: "one", password: 7, pasword: password });
    assert.deepEqual(
      failures.map(({ property, reason }) => [property, reason.slice(0, 9)]),
      [
        ["", "pasword: "],
        ["", "password:"],
      ],
    );
  });

  it("of a check that fails on its way as a failure of the resource", async () => {
    const prepare = failing(new Error("no answer"));
    const { failures } = await handler({ prepare }).check({}, { name: "one", password });
    assert.deepEqual(failures, [{ property: "", reason: "no answer" }]);
  });

  it("exactly what changes, what replaces, and what only a preview cannot know", async () => {
    const diff = async (news: Bag) => handler().diff("1", { ...text, ...state }, { ...text, ...news });
    const same = { name: "one", password, place: "here" };
    assert.deepEqual(await diff(same), { changes: false, replaces: [], deleteBeforeReplace: false });
    assert.deepEqual(await diff({ ...same, password: "other" }), {
      changes: true,
      replaces: [],
      deleteBeforeReplace: false,
    });
    assert.deepEqual((await diff({ ...same, name: unknown })).replaces, ["name"]);
    const moved = await diff({ ...same, password: unknown, place: "there" });
    assert.deepEqual(moved.replaces, ["place"], "another place is seen also beside what is not known");
  });

  it("outputs that can be transmitted, with the inputs beside them", async () => {
    const create = () => Promise.resolve({ id: "1", outputs: { made: [undefined, { deep: undefined }], at: null } });
    const { outs } = await handler({ create }).create({ ...text, name: "one", place: "here" });
    assert.deepEqual(outs, { name: "one", place: "here", made: [null, {}], at: null, stateVersion });
  });

  it("of a half-made object with its id, its reasons and everything that a later delete needs", async () => {
    const half = new PartialCreateError("1", { made: false }, new Error("refused"));
    for (const write of [
      () => handler({ create: failing(half) }).create({ ...text, name: "one", password, place: "here" }),
      () =>
        handler({ update: failing(half) }).update(
          "1",
          { ...text, ...state },
          { ...text, name: "one", password, place: "here" },
        ),
    ]) {
      await assert.rejects(write, (error: Error & Bag) => {
        assert.equal(error["id"], "1");
        assert.deepEqual(error["reasons"], ["refused"]);
        assert.equal(error.message, "refused");
        assert.deepEqual(error["properties"], { ...state, ...text, made: false });
        return true;
      });
    }
  });

  it("inputs only where the object is not as it was, so that the next preview shows it", async () => {
    assert.deepEqual(await handler().read("1", state), { id: "1", props: state });
    const read = () => Promise.resolve({ name: "two" });
    assert.deepEqual(await handler({ read }).read("1", state), {
      id: "1",
      props: { ...state, name: "two" },
      inputs: { name: "two", password, place: "here" },
    });
  });

  it("a blank id for what is gone, an error for what cannot be looked up, and nothing of a delete that comes late", async () => {
    const gone = failing(new GoneError("It is gone."));
    assert.deepEqual(await handler({ read: gone }).read("1", state), { id: "", props: {} });
    await assert.rejects(handler({ read: gone }).read("1", text), {
      message: "Thing 1 does not exist. It is gone.",
      stack: "get failed, the reason follows",
    });
    await handler({ delete: gone }).delete("1", state);
  });

  it("in one line without a stack", async () => {
    const error = new BatchError("could not do it: it may not", false);
    for (const call of callsOf(handler(whole(failing(error))), password)) {
      await assert.rejects(call, (thrown: Error) => {
        assert.equal(thrown.message, "could not do it: it may not");
        assert.match(`${String(thrown)}: ${thrown.stack ?? ""}`, /^pulumi-apig: \w+ failed, the reason follows$/);
        return true;
      });
    }
  });

  it("what a service says without a secret of the settings or the resource, also where it is a word of ours", async () => {
    for (const secret of [password, "thing", "x7"]) {
      const server = await open({ status: 400, body: { error_msg: `${token} may not see ${secret}` } });
      const asked = connectTo(server.url, heldRuntime(), { "huaweicloud:token": token });
      const ask = () => asked.huawei(place).call(read, { path: { id: "1" } }) as Promise<never>;
      const asking = implement({ ...thing, ...whole(ask) }, { ...host, connection: () => asked });
      for (const call of callsOf(asking, secret)) {
        await assert.rejects(call, {
          message: /^could not read the thing: \[secret\] may not see \[secret\] \(HTTP 400\)/,
        });
      }
    }
  });

  it("in words that do nothing to a terminal, whatever a service writes", async () => {
    const create = failing(new BatchError("could not do it:\n- \u001b[2J\u0007API 1\r", false));
    await assert.rejects(handler({ create }).create({ name: "one" }), { message: "could not do it:\n-  [2J API 1 " });
  });

  it("of wrong settings by every call, each time", async () => {
    const broken = implement(thing, {
      ...host,
      connection: () => {
        throw new Error("huaweicloud:region is wrong");
      },
    });
    for (let times = 1; times <= 2; times++) {
      await assert.rejects(broken.create({ name: "one" }), { message: "huaweicloud:region is wrong" });
      await assert.rejects(broken.read("1", state), { message: "huaweicloud:region is wrong" });
      const { failures } = await broken.check({}, { name: "one" });
      assert.deepEqual(failures, [{ property: "", reason: "huaweicloud:region is wrong" }]);
    }
  });
});
