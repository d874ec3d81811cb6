/** What others did to a credential. */
import assert from "node:assert/strict";
import { handlersFor } from "../../support/handlers";
import { later, life, outside, password, setUp, simulator, stored } from "./setup";

describe("BkciCredential", () => {
  setUp();

  it("shows that somebody wrote other values, also after a second refresh, and the next update writes ours", async () => {
    await life.up(password);
    await later();
    await outside("PUT", "gateway_code", { credentialType: "PASSWORD", v1: "theirs" });
    await life.refresh();
    await life.refresh();
    const [drift] = life.inputs["drift"] as string[];
    assert.match(drift ?? "", /^written by admin at \d{4}-.*Z, perhaps with other values$/);
    assert.equal(await life.up(password), "update");
    assert.deepEqual((await stored())["gateway_code"]?.values, { v1: "one" });
    await life.refresh();
    assert.equal(await life.up(password), "same");
  });

  it("shows name and remark that somebody changed, also where the program gives none", async () => {
    await life.up(password);
    await later();
    await outside("PUT", "gateway_code", {
      credentialType: "PASSWORD",
      v1: "******",
      credentialName: "x",
      credentialRemark: "y",
    });
    await life.refresh();
    assert.deepEqual([life.inputs["name"], life.inputs["remark"]], ["x", "y"]);
    assert.equal(await life.up(password), "update");
    const { gateway_code: repaired } = await stored();
    assert.deepEqual([repaired?.credentialName, repaired?.credentialRemark], ["gateway_code", null]);
  });

  it("is gone when BK-CI says so to a manager, and delete does not mind", async () => {
    await life.up(password);
    await outside("DELETE", "gateway_code");
    await life.destroy();
    await life.up(password);
    await outside("DELETE", "gateway_code");
    assert.equal(await life.refresh(), false);
  });

  it("that others deleted and made again is theirs: told by a refresh, and never written or deleted", async () => {
    await life.up(password);
    await later();
    await outside("DELETE", "gateway_code");
    await outside("POST", "", { credentialId: "gateway_code", credentialType: "PASSWORD", v1: "theirs" });
    await assert.rejects(life.up({ ...password, password: "two" }), { message: /not the one of this stack/ });
    await assert.rejects(life.destroy(), { message: /not the one of this stack/ });
    assert.deepEqual((await stored())["gateway_code"]?.values, { v1: "theirs" });
    assert.equal(await life.refresh(), true);
    assert.deepEqual(life.inputs["drift"], ["deleted, and made again by someone else"]);
  });

  it("is looked up by its id, without values, and said to be missing", async () => {
    const { BkciCredential } = handlersFor(simulator);
    await outside("POST", "", { credentialId: "theirs", credentialType: "PASSWORD", v1: "x", credentialRemark: "r" });
    const { props } = await BkciCredential.read("demo/theirs", {});
    const { updateTime, ...rest } = props;
    assert.equal(typeof updateTime, "number");
    assert.deepEqual(rest, {
      projectId: "demo",
      credentialId: "theirs",
      type: "PASSWORD",
      name: "theirs",
      remark: "r",
      drift: [],
      stateVersion: 1,
    });
    await assert.rejects(BkciCredential.read("demo/none", {}), { message: /BkciCredential demo\/none does not exist/ });
  });
});
