import assert from "node:assert/strict";
import { isLoopback, normalizeEndpoint, regionalEndpoint } from "../../../provider/http/endpoints";
import { read, tagQuery } from "./support/operations";
import { connectTo, heldRuntime, servers } from "./support/server";

const open = servers();

describe("the address of a service", () => {
  it("is made of service, region and cloud", () => {
    assert.equal(regionalEndpoint("apig", "cn-north-4", undefined), "https://apig.cn-north-4.myhuaweicloud.com/");
    assert.equal(regionalEndpoint("iam", "r-1", "cloud.example.com"), "https://iam.r-1.cloud.example.com/");
  });

  it("has its own domain in the European cloud, and only there", () => {
    assert.equal(regionalEndpoint("kms", "eu-west-101", undefined), "https://kms.eu-west-101.myhuaweicloud.eu/");
    assert.equal(regionalEndpoint("kms", "eu-west-0", undefined), "https://kms.eu-west-0.myhuaweicloud.com/");
    assert.equal(
      regionalEndpoint("kms", "eu-west-101", "cloud.example.com"),
      "https://kms.eu-west-101.cloud.example.com/",
    );
  });

  it("gets what is missing: https and the slash at its end", () => {
    assert.equal(normalizeEndpoint("apig.example.com", "x", false), "https://apig.example.com/");
    assert.equal(normalizeEndpoint("https://apig.example.com:8443", "x", false), "https://apig.example.com:8443/");
    assert.equal(normalizeEndpoint("127.0.0.1:8080", "x", false), "https://127.0.0.1:8080/");
    assert.equal(normalizeEndpoint("https://h/ci", "x", false), "https://h/ci/");
  });

  for (const address of [
    "http://apig.example.com/",
    "http://10.0.0.1",
    "http://127.0.0.1.example.com",
    "http://localhost.example.com",
  ]) {
    it(`is refused as plain http, unless asked for: ${address}`, () => {
      assert.throws(
        () => normalizeEndpoint(address, "apig in huaweicloud:endpoints (HW_ENDPOINTS)", false),
        /HW_ENDPOINTS.*http.*huaweicloud:insecure \(HW_INSECURE\)/,
      );
      assert.match(normalizeEndpoint(address, "x", true), /^http:/);
    });
  }

  for (const host of ["127.0.0.1", "127.8.9.1", "localhost", "dev.localhost", "[::1]"]) {
    it(`may be plain http on this machine: ${host}`, () => {
      assert.equal(normalizeEndpoint(`http://${host}:8080`, "x", false), `http://${host}:8080/`);
      assert.ok(isLoopback(host));
    });
  }
});

describe("calls go", () => {
  it("for CSMS to the kms host", async () => {
    const kms = await open({ status: 200, body: {} });
    const config = { "huaweicloud:endpoints": JSON.stringify({ kms: kms.url }) };
    await connectTo(kms.url, heldRuntime(), config).huawei({ region: "test-1", projectId: "p1" }).call(tagQuery);
    assert.equal(kms.received[0]?.target, "/v1/p1/csms/resource_instances/action");
  });

  it("to an override also for another region, because it replaces the host of all", async () => {
    const server = await open({ status: 200, body: {} });
    await connectTo(server.url)
      .huawei({ region: "old-1", projectId: "old" })
      .call(read, { path: { id: "t" } });
    assert.equal(server.received[0]?.target, "/v2/old/things/t");
  });
});
