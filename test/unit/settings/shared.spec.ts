/** Settings as other tools and languages leave them in an environment. */
import assert from "node:assert/strict";
import { loadSettings } from "../../../provider/settings/settings";

const load = (environment: Record<string, string>) => loadSettings(() => undefined, environment);

describe("switches", () => {
  for (const [text, on] of [
    ["true", true],
    ["True", true],
    ["TRUE", true],
    ["1", true],
    ["false", false],
    ["False", false],
    ["0", false],
  ] as const) {
    it(`that are ${text} are ${on ? "on" : "off"}: programs of other languages write them with capitals`, () => {
      assert.equal(load({ HW_INSECURE: text }).http.insecure, on);
    });
  }
});

describe("addresses of services", () => {
  it("may stand among those of other services, as tools for all of the cloud share them", () => {
    const shared = '{"apig":"apig.example.com","obs":"https://obs.example.com","vpc":"http://vpc.example.com"}';
    assert.deepEqual(load({ HW_ENDPOINTS: shared }).huaweicloud.endpoints, { apig: "https://apig.example.com/" });
  });
});
