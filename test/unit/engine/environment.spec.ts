import assert from "node:assert/strict";
import { cleanEnvironment } from "../../engine/environment";

describe("a clean environment", () => {
  const dropped = [
    "HW_ACCESS_KEY",
    "HW_ENDPOINTS",
    "HUAWEICLOUD_SDK_AK",
    "BKCI_ACCESS_TOKEN",
    "OS_AUTH_URL",
    "PULUMI_ACCESS_TOKEN",
    "PULUMI_BACKEND_URL",
    "PULUMI_CONFIG_PASSPHRASE",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "no_proxy",
  ];
  for (const name of dropped) {
    it(`has no ${name}`, () => {
      assert.deepEqual(cleanEnvironment({ [name]: "x", PATH: "/bin" }), { PATH: "/bin" });
    });
  }

  for (const name of ["PATH", "HOME", "PULUMI_HOME", "HOSTNAME", "OSTYPE", "HWMON", "NODE_OPTIONS"]) {
    it(`keeps ${name}`, () => {
      assert.deepEqual(cleanEnvironment({ [name]: "x" }), { [name]: "x" });
    });
  }

  it("leaves the environment it was given as it is", () => {
    const env = { HW_REGION_NAME: "x" };
    cleanEnvironment(env);
    assert.deepEqual(env, { HW_REGION_NAME: "x" });
  });
});
