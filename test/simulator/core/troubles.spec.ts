import assert from "node:assert/strict";
import { Troubles, type Fault } from "./troubles";
import type { Route } from "./types";

const route = (operation: string): Route => ({
  operation,
  service: "csms",
  method: "GET",
  path: "/",
  auth: "none",
  handle: () => ({ status: 200 }),
});

const fault = (kind: Fault["kind"]): Fault => ({ operation: "*", nth: 1, times: 1, probability: 1, seed: 1, kind });

describe("Latency and delays", () => {
  let waited: number[];
  let troubles: Troubles;

  beforeEach(() => {
    waited = [];
    troubles = new Troubles((milliseconds) => Promise.resolve(waited.push(milliseconds)));
  });

  const meet = async (operation = "ListSecrets"): Promise<unknown> =>
    (await troubles.meet(route(operation), 0)).trouble;

  it("hold up every call by the general latency, or an operation by its own", async () => {
    troubles.setLatency({ all: 20, operations: { ListSecrets: 50, ShowSecret: 0 } });
    for (const operation of ["ListSecrets", "ShowSecret", "CreateSecret"]) await meet(operation);
    assert.deepEqual(waited, [50, 20]);
  });

  it("add up, and a delay alone does no harm", async () => {
    troubles.setLatency({ all: 20, operations: {} });
    troubles.setFaults([fault({ delay: 30 })], []);
    assert.equal(await meet(), undefined);
    assert.equal(await meet(), undefined);
    assert.deepEqual(waited, [50, 20]);
  });

  it("hold up a call that then fails as well", async () => {
    troubles.setFaults([fault({ delay: 30 }), fault("dropBefore")], []);
    assert.equal(await meet(), "dropBefore");
    assert.deepEqual(waited, [30]);
  });

  it("do not hold up what is throttled", async () => {
    troubles.setLatency({ all: 20, operations: {} });
    troubles.setFaults([], [{ operation: "csms", calls: 0, windowMs: 1000 }]);
    await meet();
    assert.deepEqual(waited, []);
  });
});
