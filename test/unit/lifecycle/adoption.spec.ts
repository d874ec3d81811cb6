/** When a preview looks at what `adopt` takes over, and what it makes of the answer. */
import assert from "node:assert/strict";
import { z } from "zod";
import { implement } from "../../../provider/hosts/dynamic/handler";
import type { Finding, ResourceType } from "../../../provider/lifecycle/contract";
import { Connection } from "../../../provider/settings/connection";
import { loadSettings, SettingsError } from "../../../provider/settings/settings";
import { hostOf } from "../../support/handlers";
import { unknown } from "../../support/life";
import { unprinted } from "../../support/unprinted";

const inputs = z.object({ name: z.string(), code: z.string().optional(), adopt: z.boolean().optional() });
type Args = z.infer<typeof inputs>;

const connection = new Connection(loadSettings(() => undefined, {}));

/** A provider process for things, and the looks that it made. */
function newProcess(find: () => Promise<Finding | undefined>, isFirst: (key: string) => boolean = () => true) {
  const looks: (readonly [Partial<Args>, string[]])[] = [];
  const thing: ResourceType<Args, Args> = {
    type: "Thing",
    inputs,
    resolved: [],
    secrets: ["code"],
    idOutputs: [],
    computed: [],
    replaceOn: ["name"],
    wants: ({ name = "" }) => [`the thing ${name}`],
    defaults: () => ({}),
    adoption: (known, _connection, unknownNames) => {
      looks.push([known, [...unknownNames]]);
      return find();
    },
    create: () => Promise.resolve({ id: "1", outputs: {} }),
    read: () => Promise.resolve({}),
    update: () => Promise.resolve({}),
    delete: () => Promise.resolve(),
  };
  return { handler: implement(thing, { ...hostOf(connection), isFirst }), looks };
}

const nothing = () => Promise.resolve(undefined);

describe("The look at what adopt takes over", () => {
  it("is for new resources whose adopt is known and set, and gets what is known", async () => {
    const { handler, looks } = newProcess(nothing);
    await handler.check({}, { name: "none" });
    await handler.check({}, { name: "false", adopt: false });
    await handler.check({}, { name: "unknown", adopt: unknown });
    await handler.check({ name: "old" }, { name: "there", adopt: true });
    await handler.check({}, { name: 1, adopt: true });
    assert.deepEqual(looks, []);
    await handler.check({}, { name: "new", code: unknown, adopt: true });
    assert.deepEqual(looks, [[{ name: "new", adopt: true }, ["code"]]]);
  });

  it("is not for one that is replaced, whose own old object would be found", async () => {
    const { handler, looks } = newProcess(nothing);
    const news = { name: "two", adopt: true };
    const { inputs: checked } = await handler.check({ name: "one" }, news);
    assert.deepEqual((await handler.diff("1", { name: "one", stateVersion: 1 }, checked)).replaces, ["name"]);
    await handler.check({}, news);
    assert.deepEqual(looks, []);
  });

  it("is made once in a command, which is remembered without a secret", async () => {
    const keys: string[] = [];
    const { handler, looks } = newProcess(nothing, (key) => {
      keys.push(key);
      return false;
    });
    await handler.check({}, { name: "one", code: "planted-canary", adopt: true });
    assert.deepEqual(looks, []);
    assert.equal(keys.length, 1);
    assert.doesNotMatch(keys.join(), /canary/);
  });

  it("tells what it found without control characters, or refuses", async () => {
    const found = newProcess(() => Promise.resolve({ says: "a \u001b[31mthing\u202e" }));
    const { said, result } = await unprinted(() => found.handler.check({}, { name: "one", adopt: true }));
    assert.equal(said, "warning: a  [31mthing \n");
    assert.deepEqual(result.failures, []);
    const refused = newProcess(() => Promise.resolve({ refuses: "there is none" }));
    const { failures } = await refused.handler.check({}, { name: "one", adopt: true });
    assert.deepEqual(failures, [{ property: "", reason: "there is none" }]);
  });

  it("fails no preview when it fails, and is silent about settings, which others tell of", async () => {
    for (const [error, text] of [
      [new Error("no way"), /^warning: It cannot be said yet what `adopt` takes over\. no way\n$/],
      [new SettingsError("not set"), /^$/],
    ] as const) {
      const { handler } = newProcess(() => Promise.reject(error));
      const { said, result } = await unprinted(() => handler.check({}, { name: "one", adopt: true }));
      assert.match(said, text);
      assert.deepEqual(result.failures, []);
    }
  });
});
