import assert from "node:assert/strict";
import type { ListedApi } from "../../../provider/clients/apig/apis";
import type { Operation } from "../../../provider/definition";
import { makePlan, type PlanOptions } from "../../../provider/resources/api-import/plan";
import { Progress } from "../../../provider/resources/api-import/progress";

interface Wanted {
  readonly key: string;
  readonly name?: string;
  readonly prefix?: boolean;
  readonly fingerprint?: string;
}

function operation({ key, name = `of ${key}`, prefix, fingerprint = "same" }: Wanted): Operation {
  const [method = "", path = ""] = key.split(" ");
  return {
    key,
    method,
    path,
    name,
    line: fingerprint,
    projection: { operation: {}, path: {}, scheme: null, protocols: [], root: {}, components: {} },
    matchMode: prefix ? "SWA" : "NORMAL",
    requestType: "public",
    authentication: { authType: "NONE", appCode: false },
    backendType: "MOCK",
    protocol: undefined,
    cors: false,
    description: "",
  };
}

function listed({ key, name = `of ${key}`, prefix }: Wanted, id = `id of ${key}`): ListedApi {
  const [req_method = "", req_uri = ""] = key.split(" ");
  const match_mode = prefix ? "SWA" : "NORMAL";
  const common = { group_id: "g", req_protocol: "HTTPS", auth_type: "NONE", backend_type: "MOCK", type: 1 };
  return { id, name, req_method, req_uri, match_mode, ...common };
}

/** The plan for a definition, from own APIs that are there and APIs of others. */
function plan(
  desired: Wanted[],
  own: Wanted[],
  theirs: Wanted[] = [],
  { ownsGroup = true, ...options }: Partial<PlanOptions> & { ownsGroup?: boolean } = {},
) {
  const progress = new Progress("g", ownsGroup);
  for (const one of own) {
    const { id, name, req_method: method, req_uri: path } = listed(one);
    progress.own(
      one.key,
      { id, method, path, action: "create", name, authentication: "NONE" },
      one.fingerprint ?? "same",
    );
  }
  const all = [...own.map((one) => listed(one)), ...theirs.map((one) => listed(one, `their ${one.key}`))];
  progress.see(all);
  const fingerprints = Object.fromEntries(desired.map(({ key, fingerprint = "same" }) => [key, fingerprint]));
  const operations = desired.map(operation);
  const made = makePlan(operations, fingerprints, progress, all, {
    deleteRemoved: true,
    overwriteForeign: false,
    ...options,
  });
  return {
    remove: made.remove.map(({ key, api }) => {
      assert.equal(api.id, `id of ${key}`, "nothing of others is ever removed");
      return key;
    }),
    rename: made.rename.map(({ operation, waiting }) => `${operation.key} for ${waiting.key}`),
    change: made.change.map(({ key }) => key),
    add: made.add.map(({ key }) => key),
    leftovers: made.leftovers,
    blocked: [...made.blocked.keys()],
  };
}

const nothing = { remove: [], rename: [], change: [], add: [], leftovers: [], blocked: [] };
const a = { key: "GET /a", name: "name-a" };
const b = { key: "GET /b", name: "name-b" };
const c = { key: "GET /c", name: "name-c" };
const other = { fingerprint: "other" };

describe("The plan of an import", () => {
  it("is empty when everything is as the definition says, whatever others have", () => {
    assert.deepEqual(plan([a, b], [a, b], [c]), nothing);
  });

  it("adds, changes and removes, each what it must", () => {
    assert.deepEqual(plan([{ ...a, ...other }, c], [a, b]), {
      ...nothing,
      remove: ["GET /b"],
      change: ["GET /a"],
      add: ["GET /c"],
    });
  });

  it("keeps leftovers when it must not remove", () => {
    assert.deepEqual(plan([a], [a, b], [], { deleteRemoved: false }), { ...nothing, leftovers: ["GET /b"] });
  });

  it("makes room for a name: the own API that has it gets another one first, and then its own", () => {
    const swapped = [
      { ...a, name: "name-b", ...other },
      { ...b, name: "name-a", ...other },
    ];
    assert.deepEqual(plan(swapped, [a, b]), {
      ...nothing,
      rename: ["GET /a for GET /b", "GET /b for GET /a"],
      change: ["GET /a", "GET /b"],
    });
    const taken = [{ ...a, name: "name-b", ...other }, { key: b.key }];
    assert.deepEqual(plan(taken, [a, b]), {
      ...nothing,
      rename: ["GET /b for GET /a"],
      change: ["GET /a", "GET /b"],
    });
    const split = [
      { ...a, name: "name-x", ...other },
      { key: "GET /new", name: "name-a" },
    ];
    assert.deepEqual(plan(split, [a]), {
      ...nothing,
      rename: ["GET /a for GET /new"],
      change: ["GET /a"],
      add: ["GET /new"],
    });
  });

  it("does not rename what goes anyway", () => {
    const anew = [
      { ...a, name: "name-b", prefix: true, ...other },
      { ...b, name: "name-a", ...other },
    ];
    assert.deepEqual(plan(anew, [a, b]), {
      ...nothing,
      remove: ["GET /a"],
      rename: ["GET /b for GET /a"],
      change: ["GET /a", "GET /b"],
    });
  });

  it("makes an operation anew in another match mode", () => {
    assert.deepEqual(plan([{ ...a, prefix: true, ...other }], [a]), {
      ...nothing,
      remove: ["GET /a"],
      change: ["GET /a"],
    });
  });

  it("overwrites nothing where it makes an operation anew in a group that others use, too", () => {
    assert.deepEqual(
      plan(
        [
          { ...a, prefix: true, ...other },
          { ...b, ...other },
        ],
        [a, b],
        [],
        { ownsGroup: false },
      ),
      {
        ...nothing,
        remove: ["GET /a"],
        change: ["GET /b"],
        add: ["GET /a"],
      },
    );
  });

  it("blocks what would take a name or place of others, and whoever waits for its name, but nothing else", () => {
    const wanted = [
      { ...a, name: "theirs", ...other },
      { ...b, name: "name-a", ...other },
      { ...c, ...other },
    ];
    const theirs = [{ key: "GET /x", name: "theirs" }];
    assert.deepEqual(plan(wanted, [a, b, c], theirs), {
      ...nothing,
      change: ["GET /c"],
      blocked: ["GET /a", "GET /b"],
    });
    const inPlace = [{ key: "GET /a", name: "prefix", prefix: true }];
    assert.deepEqual(plan([{ ...a, prefix: true, ...other }], [a], inPlace), { ...nothing, blocked: ["GET /a"] });
  });

  it("blocks a name that a leftover keeps", () => {
    const moved = [{ key: "GET /new", name: "name-a" }];
    assert.deepEqual(plan(moved, [a], [], { deleteRemoved: false }), {
      ...nothing,
      leftovers: ["GET /a"],
      blocked: ["GET /new"],
    });
    assert.deepEqual(plan(moved, [a]), { ...nothing, remove: ["GET /a"], add: ["GET /new"] });
  });

  it("leaves new operations to the service, and overwrites others only when it may", () => {
    const theirs = [{ key: "GET /a", name: "theirs" }];
    assert.deepEqual(plan([a], [], theirs), { ...nothing, add: ["GET /a"] });
    const renamed = [{ ...a, name: "theirs", ...other }];
    const named = [{ key: "GET /x", name: "theirs" }];
    assert.deepEqual(plan(renamed, [a], named, { overwriteForeign: true }), { ...nothing, change: ["GET /a"] });
  });
});
