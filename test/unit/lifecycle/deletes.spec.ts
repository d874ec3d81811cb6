/** Late deletes: after the live resources of a run have claimed their objects. */
import assert from "node:assert/strict";
import { z } from "zod";
import { Connection } from "../../../provider/settings/connection";
import type { ResourceType } from "../../../provider/lifecycle/contract";
import { implement } from "../../../provider/hosts/dynamic/handler";
import { loadSettings } from "../../../provider/settings/settings";
import { hostOf } from "../../support/handlers";
import { unprinted } from "../../support/unprinted";

const inputs = z.object({ name: z.string(), size: z.number() });
type Args = z.infer<typeof inputs>;

const connection = new Connection(loadSettings(() => undefined, {}));

/** A provider process for things, which are identified by their name, and a list of what it deleted. */
function newProcess(create: () => Promise<{ id: string; outputs: object }>, isTargeted = false) {
  const deleted: string[] = [];
  const thing: ResourceType<Args, Args> = {
    type: "Thing",
    inputs,
    resolved: [],
    secrets: [],
    idOutputs: [],
    computed: [],
    replaceOn: ["size"],
    wants: ({ name = "" }) => [`the thing ${name}`],
    holds: (id) => [id],
    defaults: () => ({}),
    create,
    read: () => Promise.resolve({}),
    update: () => Promise.resolve({}),
    delete: (id) => {
      deleted.push(id);
      return Promise.resolve();
    },
  };
  return { handler: implement(thing, { ...hostOf(connection), isTargeted: () => isTargeted }), deleted };
}

const [old, news] = [
  { name: "one", size: 1, stateVersion: 1 },
  { name: "one", size: 2 },
];

describe("A late delete", () => {
  it("takes nothing that the program has elsewhere, and says so", async () => {
    const { handler, deleted } = newProcess(() => Promise.resolve({ id: "1", outputs: {} }));
    await handler.create((await handler.check({}, news)).inputs);
    const { said } = await unprinted(() => handler.delete("1", old));
    assert.deepEqual(deleted, []);
    assert.match(said, /Thing 1 stays, because the program has it elsewhere/);
    await handler.delete("2", old);
    assert.deepEqual(deleted, ["2"]);
  });

  it("waits where a create that failed wants the same", async () => {
    const { handler, deleted } = newProcess(() => Promise.reject(new Error("not now")));
    await assert.rejects(handler.create((await handler.check({}, news)).inputs));
    await assert.rejects(handler.delete("1", old), {
      message:
        /Thing 1 is kept: another resource of the program wants the thing one, and is not made yet.*under a new name.*`aliases`/,
    });
    assert.deepEqual(deleted, []);
  });

  it("waits for a run that is not of some resources only", async () => {
    const { handler, deleted } = newProcess(() => Promise.resolve({ id: "1", outputs: {} }), true);
    await assert.rejects(handler.delete("1", old), { message: /Thing 1 is kept.*without --target/ });
    assert.deepEqual(deleted, []);
  });
});
