import assert from "node:assert/strict";
import { temporaryFolder } from "../../support/temporary";
import { Apig, mockApi, releaseId } from "./client";

describe("APIG with a data folder", () => {
  let folder: ReturnType<typeof temporaryFolder>;

  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder.remove());

  const session = async (use: (apig: Apig) => Promise<void>): Promise<void> => {
    const apig = await Apig.open(folder.path);
    try {
      await use(apig);
    } finally {
      await apig.close();
    }
  };

  it("has the same groups, codes and published APIs after a restart, and its DEFAULT group the same id", async () => {
    let groups: unknown;
    await session(async (apig) => {
      await apig.control.options({ gatewayDelay: 0 });
      await apig.control.seed({
        groups: [{ id: "group", name: "first" }],
        apis: [{ id: "api", definition: mockApi("group"), publish: [releaseId] }],
        apps: [{ id: "app", name: "caller", codes: 5 }],
      });
      groups = (await apig.call("GET", "/api-groups")).body["groups"];
    });
    await session(async (apig) => {
      assert.deepEqual((await apig.call("GET", "/api-groups")).body["groups"], groups);
      assert.equal((await apig.call("PUT", "/apps/app/app-codes")).body["error_code"], "APIG.3131");
      assert.equal((await apig.call("DELETE", "/apis/api")).body["error_code"], "APIG.3416");
      assert.equal((await apig.visit("group", "/test/demo")).status, 200);
    });
  });

  it("keeps the DEFAULT group's id even when only reads came before the restart", async () => {
    const ids: unknown[] = [];
    const read = (apig: Apig) => apig.call("GET", "/api-groups?name=DEFAULT");
    for (let time = 0; time < 2; time += 1) {
      await session(async (apig) => {
        await apig.control.reset();
        ids.push(((await read(apig)).body["groups"] as [{ id: string }])[0].id);
      });
    }
    assert.equal(ids[0], ids[1]);
  });
});
