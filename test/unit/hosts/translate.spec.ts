/** Values of the SDK are converted for resources, and converted back to the same values for the SDK. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { fromHost, toHost, withProviderText } from "../../../provider/hosts/dynamic/translate";
import { Asset } from "../../../provider/lifecycle/asset";
import { unknownValue } from "../../../provider/lifecycle/unknown";
import type { Bag } from "../../support/life";

/** The inputs of a resource as the SDK sends them. */
const sent = (inputs: pulumi.Inputs): Promise<Bag> => pulumi.runtime.serializeProperties("inputs", inputs);

const fields = async (asset: pulumi.asset.Asset): Promise<Bag> => {
  const { value } = fromHost(await sent({ value: asset }));
  assert.ok(value instanceof Asset, "an asset is told from a mere object");
  return { ...value.fields };
};

describe("A value of the SDK", () => {
  it("that is an asset is one for the resource, with its file, its text or its address", async () => {
    assert.equal((await fields(new pulumi.asset.FileAsset("pets.yaml")))["path"], "pets.yaml");
    assert.equal((await fields(new pulumi.asset.StringAsset("openapi: 3.0.3")))["text"], "openapi: 3.0.3");
    assert.equal((await fields(new pulumi.asset.RemoteAsset("https://x/y")))["uri"], "https://x/y");
  });

  it("that is an archive is no asset, and no object whose properties a resource would read", async () => {
    const { value } = fromHost(await sent({ value: new pulumi.asset.FileArchive("pets.zip") }));
    assert.ok(!(value instanceof Asset));
    assert.ok(typeof value === "object" && value !== null && !("path" in value));
  });

  it("that is not known is told from every text, at any depth", async () => {
    const unknown = pulumi.output(pulumi.unknown);
    const bag = fromHost(await sent({ one: unknown, list: ["x", unknown], deep: { deeper: [{ two: unknown }] } }));
    assert.deepEqual(bag, {
      one: unknownValue,
      list: ["x", unknownValue],
      deep: { deeper: [{ two: unknownValue }] },
    });
  });

  it("goes back as it came, whatever it is", async () => {
    const unknown = pulumi.output(pulumi.unknown);
    const values = {
      text: "x",
      number: 1,
      none: null,
      list: [1, [unknown], new pulumi.asset.FileAsset("a")],
      asset: new pulumi.asset.StringAsset("x"),
      archive: new pulumi.asset.FileArchive("b"),
      unknown,
      deep: { unknown, asset: new pulumi.asset.FileAsset("c") },
    };
    const bag = await sent(values);
    assert.deepEqual(toHost(fromHost(bag)), bag);
    assert.ok(JSON.stringify(bag).includes(JSON.stringify(bag["unknown"])), "which is text to the SDK");
  });

  it("that is the provider's own text reaches no resource, and is put back where the SDK does not", () => {
    const inputs = { name: "web", __provider: "text" };
    assert.deepEqual(fromHost(inputs), { name: "web" });
    assert.deepEqual(withProviderText({ made: true }, inputs), { made: true, __provider: "text" });
  });
});
