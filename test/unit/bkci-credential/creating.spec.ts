/** A create that fails, or clashes with an existing credential. */
import assert from "node:assert/strict";
import { life, outside, password, setUp, simulator, stored } from "./setup";

describe("BkciCredential", () => {
  setUp();

  it("is taken over with adopt by writing all its values, if it is of the type", async () => {
    await outside("POST", "", { credentialId: "gateway_code", credentialType: "PASSWORD", v1: "theirs" });
    const secretKey = { credentialId: "gateway_code", type: "SECRETKEY", secretKey: "x", adopt: true };
    await assert.rejects(life.up(secretKey), { message: /is of type PASSWORD and cannot become SECRETKEY/ });
    assert.equal(await life.up({ ...password, adopt: true }), "create");
    assert.deepEqual((await stored())["gateway_code"]?.values, { v1: "one" });
  });

  const mayBeOurs = /Now there is a credential of this id: if nobody else made it, take it over with `adopt: true`\./;
  const hidden = { status: 200, body: { status: 500, message: "internal error" }, effect: true };
  for (const [what, kind] of [
    ["the answer is lost", "dropAfter"],
    ["a 200 with a 500 inside hides it", hidden],
  ] as const) {
    it(`is made once, and not taken for ours when ${what}: another stack may have made it`, async () => {
      await simulator.control.faults({ faults: [{ operation: "createCredential", kind }] });
      await assert.rejects(life.up(password), { message: mayBeOurs });
      assert.deepEqual([Object.keys(await stored()), life.exists], [["gateway_code"], false]);
      assert.equal(await life.up({ ...password, adopt: true }), "create");
      assert.equal(await life.up(password), "same");
      await life.destroy();
      assert.deepEqual(await stored(), {});
    });
  }

  it("does not take over one of the same id, and names the way out", async () => {
    await outside("POST", "", { credentialId: "gateway_code", credentialType: "PASSWORD", v1: "theirs" });
    await assert.rejects(life.up(password), { message: /gateway_code .*\(2118008, HTTP 400.*[Cc]hoose another/ });
    assert.equal(life.exists, false);
    assert.deepEqual((await stored())["gateway_code"]?.values, { v1: "theirs" });
  });

  it("that a failed create left behind is named, and taken over on demand", async () => {
    const kind = { status: 400, body: { status: 2100013, message: "permission system failed" }, effect: true };
    await simulator.control.faults({ faults: [{ operation: "createCredential", kind }] });
    await assert.rejects(life.up(password), { message: /permission system failed.*take it over with `adopt: true`/ });
    assert.ok(!life.exists);
    assert.equal(await life.up({ ...password, password: "two", adopt: true }), "create");
    assert.deepEqual((await stored())["gateway_code"]?.values, { v1: "two" });
  });

  it("that was made, but could not be looked at for another reason, is recorded and finished", async () => {
    await simulator.control.faults({ faults: [{ operation: "getCredential", times: 99, kind: { status: 500 } }] });
    await assert.rejects(life.up(password), { message: /read the BK-CI credential .*HTTP 500/ });
    assert.ok(life.exists);
    await simulator.control.faults({});
    assert.equal(await life.up(password), "update");
    assert.equal(await life.up(password), "same");
  });

  it("in a project that does not exist, or is not ours, is refused and not recorded", async () => {
    await simulator.control.seed({ projects: [{ englishName: "theirs", members: {} }] });
    for (const projectId of ["nowhere", "theirs"]) {
      await assert.rejects(life.up({ ...password, projectId }), {
        message: /could not create the BK-CI credential gateway_code of project \w+: .*HTTP 403/,
      });
    }
    assert.equal(life.exists, false);
  });
});
