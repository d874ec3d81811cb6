/** A credential that exists is taken over: all that BK-CI shows is compared, and its values are kept where none are given. */
import assert from "node:assert/strict";
import { callsDuring } from "../../support/calls";
import { handlersFor } from "../../support/handlers";
import { Life, unknown, type Bag } from "../../support/life";
import { unprinted } from "../../support/unprinted";
import { life, outside, password, setUp, simulator, stored } from "./setup";

const [id, type] = ["gateway_code", "PASSWORD"];
const kept = { credentialId: id, type, adopt: true };

describe("A BkciCredential that exists", () => {
  setUp();
  beforeEach(() =>
    outside("POST", "", { credentialId: id, credentialType: type, v1: "theirs", credentialRemark: "old" }),
  );

  const told = async (program: Bag) => (await unprinted(() => life.up(program))).said;
  const exists = /^warning: BkciCredential "gateway_code" of project demo exists \(PASSWORD\): it will be taken over/;

  it("is taken over without a write where no values are given and nothing else differs", async () => {
    for (const adopt of [true, "only"]) {
      const one = new Life(() => handlersFor(simulator).BkciCredential);
      const program = { ...kept, adopt, remark: "old" };
      const calls = await callsDuring(simulator.control, async () => {
        const { said } = await unprinted(() => one.up(program));
        assert.match(said, exists);
        assert.match(said, / as it is\.\n$/);
      });
      assert.deepEqual(calls, { getCredential: 2 });
      assert.equal(await one.up(program), "same");
      assert.ok(await one.refresh());
      assert.equal(await one.up(program), "same");
    }
  });

  it("has another name or remark written, its values stay, and one that is given later is written", async () => {
    const said = await told({ ...kept, name: "ours" });
    assert.match(said, /; its name changes from "gateway_code" to "ours"; its remark changes from "old" to ""\.\n$/);
    const { values, credentialName, credentialRemark } = (await stored())[id]!;
    assert.deepEqual([values, credentialName, credentialRemark ?? ""], [{ v1: "theirs" }, "ours", ""]);

    assert.equal(await life.up({ ...kept, name: "ours", remark: "new" }), "update");
    assert.deepEqual((await stored())[id]?.values, { v1: "theirs" });
    assert.equal(await life.up({ ...kept, name: "ours", remark: "new", password: "given" }), "update");
    assert.deepEqual((await stored())[id]?.values, { v1: "given" });
    assert.equal(await life.up({ ...kept, name: "ours", remark: "new" }), "update");
    assert.deepEqual((await stored())[id]?.values, { v1: "given" });
  });

  it("has values written that are given, known or not, which is said before", async () => {
    const written = /; its values, which BK-CI does not show, are written\./;
    assert.match((await unprinted(() => life.failures({ ...kept, remark: "old", password: unknown }))).said, written);
    assert.match(await told({ ...password, adopt: "only", remark: "old" }), written);
    assert.deepEqual((await stored())[id]?.values, { v1: "one" });
  });

  it("must exist where that is asked for, or where there are no values to make it", async () => {
    const rows: [program: Bag, reason: RegExp][] = [
      [
        { ...password, adopt: "only" },
        /"typo" of project demo does not exist, or this user cannot see it, and `adopt: "only"`/,
      ],
      [
        kept,
        /"typo" of project demo does not exist, or this user cannot see it, and to make it its values must be given/,
      ],
    ];
    for (const [program, reason] of rows) {
      const [failure] = await life.failures({ ...program, credentialId: "typo" });
      assert.match(failure?.reason ?? "", reason);
      const handler = handlersFor(simulator).BkciCredential;
      const { inputs } = await handler.check({}, program);
      await assert.rejects(handler.create({ ...inputs, credentialId: "typo" }), { message: reason });
    }
    assert.deepEqual(Object.keys(await stored()), [id]);
    const [missing] = await life.failures({ credentialId: id, type });
    assert.match(missing?.reason ?? "", /^password: required/, "without adopt values are required");
  });

  it("of another type is refused by the preview", async () => {
    const [failure] = await life.failures({ credentialId: id, type: "SECRETKEY", adopt: true });
    assert.match(failure?.reason ?? "", /is of type PASSWORD and cannot become SECRETKEY/);
  });

  it("is not deleted for one that cannot be made, because no values are given", async () => {
    await life.up({ ...kept, remark: "old" });
    await assert.rejects(life.up({ ...kept, credentialId: "other" }), { message: /its values must be given/ });
    assert.deepEqual(Object.keys(await stored()), [id]);
  });

  it("keeps a passphrase where no values are given", async () => {
    const ssh = { credentialId: "key", type: "SSH_PRIVATEKEY" };
    const key = "-----BEGIN RSA PRIVATE KEY-----\nk\n-----END RSA PRIVATE KEY-----";
    await life.up({ ...ssh, privateKey: key, passphrase: "p" });
    assert.equal(await life.up({ ...ssh, adopt: true }), "update");
    assert.deepEqual((await stored())["key"]?.values, { v1: key, v2: "p" });
  });
});
