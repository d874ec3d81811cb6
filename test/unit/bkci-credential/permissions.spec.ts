/** A credential that the user may not see does not count as gone. */
import assert from "node:assert/strict";
import { life, outside, password, setUp, simulator } from "./setup";

describe("BkciCredential", () => {
  setUp();

  it("is not gone because of a 404 of something else, or while the project cannot be seen", async () => {
    await life.up(password);
    const others = [
      { notFound: "json" as const },
      { notFound: "json200" as const },
      { notFound: "html" as const },
      { status: 404, body: { status: 404, message: "x", timestamp: 1 } },
    ];
    for (const kind of others) {
      await simulator.control.faults({ faults: [{ operation: "bkci", times: 99, kind }] });
      await assert.rejects(life.refresh());
      await assert.rejects(life.destroy());
      assert.ok(life.exists);
    }
    const own = { status: 404, body: { status: 404, message: "requested resource does not exist", data: null } };
    const hidden = { status: 200, body: { status: 0, data: [] } };
    await simulator.control.faults({
      faults: [
        { operation: "getCredential", times: 99, kind: own },
        { operation: "listProjects", times: 99, kind: hidden },
      ],
    });
    await assert.rejects(life.refresh(), { message: /BK-CI shows no project demo to this user/ });
    await simulator.control.faults({});
    assert.ok(await life.refresh());
  });

  it("is never taken for gone because of a 403, and the error says what to do", async () => {
    await life.up(password);
    await outside("DELETE", "gateway_code");
    await simulator.control.options({ bkciHidesMissing: true });
    await assert.rejects(life.refresh(), {
      message: /read the BK-CI credential gateway_code of project demo: .*HTTP 403.*`pulumi state delete`/,
    });
    await assert.rejects(life.destroy(), { message: /delete the BK-CI credential .*`pulumi state delete`/ });
    assert.ok(life.exists);
  });

  it("that may be listed but not viewed is read from the list, however many match its id", async () => {
    const credentials = Array.from({ length: 150 }, (_, index) => ({
      credentialId: `gateway_code_${String(index).padStart(3, "0")}`,
      credentialType: "PASSWORD" as const,
      v1: "x",
    }));
    await simulator.control.seed({ credentials });
    await life.up({ ...password, remark: "listed" });
    const forbidden = { status: 403, body: { status: 403, message: "no" } };
    await simulator.control.faults({ faults: [{ operation: "getCredential", times: 99, kind: forbidden }] });
    assert.ok(await life.refresh());
    assert.equal(await life.up({ ...password, remark: "listed" }), "same");
  });

  it("that may be written but not looked at is made, and written again when it can be looked at", async () => {
    const forbidden = { status: 403, body: { status: 403, message: "no" } };
    const faults = ["getCredential", "listCredentials"].map((operation) => ({ operation, times: 99, kind: forbidden }));
    await simulator.control.faults({ faults });
    assert.equal(await life.up(password), "create");
    assert.equal(await life.up(password), "same");
    await simulator.control.faults({});
    const before = life.outputs;
    await life.refresh();
    assert.deepEqual(life.outputs, before);
    assert.equal(await life.up(password), "update");
    assert.equal(typeof life.outputs["updateTime"], "number");
    assert.equal(await life.up(password), "same");
  });
});
