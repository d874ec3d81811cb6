/** When a not-found answer is believed, and what happens with answers about another object. */
import assert from "node:assert/strict";
import { listAppCodes, showAppCode } from "../../../provider/clients/apig/app-codes";
import { createApp, deleteApp, showApp, updateApp } from "../../../provider/clients/apig/apps";
import { deleteEnvironment } from "../../../provider/clients/apig/environments";
import { deleteGroup, showGroup } from "../../../provider/clients/apig/groups";
import { seeInstance, type Instance } from "../../../provider/clients/apig/instance";
import { offlineApis, publishApis } from "../../../provider/clients/apig/publications";
import { connectTo, heldRuntime, place, servers, type Answer } from "../http/support/server";

const open = servers();

async function instanceOf(...answers: Answer[]) {
  const server = await open(...answers);
  const instance: Instance = { caller: connectTo(server.url, heldRuntime()).huawei(place), instanceId: "i1" };
  return {
    instance,
    calls: () => server.received.map(({ method, target }) => `${method} ${target.split("/i1")[1] ?? ""}`),
  };
}

const json = (body: unknown, status = 200): Answer => ({ status, body });
const missing = (code: string) => json({ error_code: code, error_msg: "It does not exist" }, 404);
const environments = json({ total: 1, envs: [{ id: "release", name: "RELEASE" }] });
const app = (id: string) => json({ id, name: "shop", app_key: "k", app_secret: "s" });

describe("An object of APIG", () => {
  it("is gone when the service says so of it, and the instance is seen to answer", async () => {
    const { instance, calls } = await instanceOf(missing("APIG.3004"), environments);
    await assert.rejects(showApp(instance, "a1"), { kind: "not-found" });
    assert.deepEqual(calls(), ["GET /apps/a1", "GET /envs"]);
  });

  for (const [what, answer] of Object.entries({
    "does not know itself": missing("APIG.3030"),
    "shows no environment": json({ total: 0, envs: [] }),
    "answers with a page": json("<html>", 404),
    "says that everything is missing": missing("APIG.3003"),
  })) {
    it(`is not gone while the instance ${what}`, async () => {
      const { instance } = await instanceOf(missing("APIG.3004"), answer);
      await assert.rejects(showApp(instance, "a1"), {
        kind: "conflict",
        message: /APIG\.3004.*nothing is taken for deleted.*pulumi state delete/,
      });
    });
  }

  it("that a list does not show is gone only where the instance is seen to answer", async () => {
    const { instance, calls } = await instanceOf(environments);
    await seeInstance(instance);
    assert.deepEqual(calls(), ["GET /envs"]);
    for (const answer of [missing("APIG.3030"), json({ total: 0, envs: [] }), json("<html>", 404)]) {
      const other = await instanceOf(answer);
      await assert.rejects(seeInstance(other.instance));
    }
  });

  it("is gone with its parent only when that itself is missing", async () => {
    const gone = await instanceOf(missing("APIG.3004"), missing("APIG.3004"), environments);
    await assert.rejects(listAppCodes(gone.instance, "a1"), { kind: "not-found" });
    assert.deepEqual(gone.calls().slice(1), ["GET /apps/a1", "GET /envs"]);

    const there = await instanceOf(missing("APIG.3004"), app("a1"));
    await assert.rejects(listAppCodes(there.instance, "a1"), { kind: "conflict", message: /that itself is there/ });
  });

  it("is not gone by a code that nobody knows, by the instance's or by a 404 alone", async () => {
    for (const answer of [missing("APIG.3099"), missing("APIG.3030"), json({ status: 404, error: "Not Found" }, 404)]) {
      const { instance } = await instanceOf(answer);
      await assert.rejects(showGroup(instance, "g1"), { kind: "endpoint" });
    }
  });
});

describe("An answer of APIG", () => {
  it("is about the object that was asked for", async () => {
    const asks: ((instance: Instance) => Promise<unknown>)[] = [
      (instance) => showApp(instance, "a1"),
      (instance) => updateApp(instance, "a1", { name: "shop", remark: "" }),
      (instance) => showAppCode(instance, "a1", "c1"),
    ];
    const code = json({ id: "c2", app_id: "a1", app_code: "x", create_time: "2026-01-01T00:00:00Z" });
    for (const [index, answer] of [app("a2"), app("a2"), code].entries()) {
      const { instance } = await instanceOf(answer);
      await assert.rejects(asks[index]!(instance), {
        kind: "malformed",
        message: /the answer is about another object/,
      });
    }
  });

  it("to a create is about what was sent; else nobody knows what was made", async () => {
    const { instance } = await instanceOf(json({ id: "a1", name: "other", app_key: "k", app_secret: "s" }, 201));
    await assert.rejects(createApp(instance, { name: "shop", remark: "" }), { kind: "ambiguous" });
  });

  it("to a publication mentions each API", async () => {
    for (const send of [publishApis, offlineApis]) {
      for (const body of [{}, { success: [{ api_id: "1" }] }, { success: [], failure: [] }]) {
        const { instance } = await instanceOf(json(body));
        await assert.rejects(send(instance, "e", ["1", "2"]), /2: the service's answer does not mention it/);
      }
      const { instance } = await instanceOf(json({ success: [{ api_id: "1" }, { api_id: "2" }] }));
      await send(instance, "e", ["1", "2"]);
    }
  });

  it("to a delete is believed only of what was seen to be there", async () => {
    const deleted: Answer = { status: 204 };
    const others: [(instance: Instance) => Promise<void>, Answer][] = [
      [(instance) => deleteApp(instance, "a1"), app("a2")],
      [(instance) => deleteGroup(instance, "g1"), json({ id: "g2", name: "shop" })],
    ];
    for (const [remove, seen] of others) {
      const { instance, calls } = await instanceOf(seen, deleted);
      await assert.rejects(remove(instance), { kind: "malformed" });
      assert.equal(calls().length, 1);
    }
    const { instance, calls } = await instanceOf(environments, deleted);
    await deleteEnvironment(instance, "e1");
    assert.deepEqual(calls().length, 1);
  });
});
