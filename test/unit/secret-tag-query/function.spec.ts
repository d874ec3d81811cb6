/** `getTaggedSecrets()`, the query without a resource. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { getTaggedSecrets, type SecretTagQueryArgs } from "../../../provider";
import { LookupError, type LookupOptions } from "../../../provider/hosts/dynamic/look-up";
import { callsDuring } from "../../support/calls";
import { handlersFor } from "../../support/handlers";
import { openSimulator, type TestSimulator } from "../../simulator/open";

/** The inner fields of an output: its value, and whether a preview knows it. */
interface Inside<Value> {
  promise(): Promise<Value>;
  readonly isKnown: Promise<boolean>;
  readonly isSecret: Promise<boolean>;
}
const inside = <Value>(output: pulumi.Output<Value>) => output as unknown as Inside<Value>;

describe("getTaggedSecrets()", () => {
  let simulator: TestSimulator;
  before(async () => {
    simulator = await openSimulator();
  });
  after(() => simulator.close());
  beforeEach(async () => {
    await simulator.control.reset();
    await simulator.control.seed({
      secrets: [
        { name: "pay", tags: { app: "shop" }, state: "DISABLED" },
        { name: "db", tags: { app: "shop" } },
        { name: "blog", tags: { app: "blog" } },
      ],
    });
  });

  const query = { action: "filter", tags: [{ key: "app", values: ["shop"] }] } satisfies SecretTagQueryArgs;
  /** Uses an explicit provider, so that only the settings of this test are used. */
  const options = (changes: Record<string, string> = {}): LookupOptions => {
    const config = Object.entries(simulator.config).map(([key, { value }]) => [key, value]);
    const settings = { ...(Object.fromEntries(config) as Record<string, string>), ...changes };
    return { provider: { settings: pulumi.secret(settings) } };
  };
  const failure = async (output: pulumi.Output<unknown>): Promise<LookupError> => {
    const error: unknown = await inside(output)
      .promise()
      .catch((thrown: unknown) => thrown);
    assert.ok(error instanceof LookupError, String(error));
    return error;
  };

  it("answers with the secrets, ordered by name, and the same fingerprint as the resource", async () => {
    const { resources, totalCount, fingerprint } = await inside(getTaggedSecrets(query, options())).promise();
    assert.deepEqual(
      resources.map(({ name, state }) => [name, state]),
      [
        ["db", "ENABLED"],
        ["pay", "DISABLED"],
      ],
    );
    assert.equal(totalCount, 2);
    const { inputs } = await handlersFor(simulator).SecretTagQuery.check({}, query);
    assert.equal(fingerprint, inputs["fingerprint"]);
  });

  it("answers with what is selected", async () => {
    const { resources } = await inside(getTaggedSecrets({ ...query, select: ["state"] }, options())).promise();
    assert.deepEqual(resources, [
      { name: "db", state: "ENABLED" },
      { name: "pay", state: "DISABLED" },
    ]);
  });

  it("counts", async () => {
    const { totalCount, resources } = await inside(getTaggedSecrets({ action: "count" }, options())).promise();
    assert.equal(totalCount, 3);
    assert.deepEqual(resources, []);
  });

  it("answers with all fields, however many secrets there are", async () => {
    await simulator.control.seed({ secrets: { count: 1500, tags: { many: "yes" } } });
    const many = { action: "filter", tags: [{ key: "many" }] } satisfies SecretTagQueryArgs;
    const { resources } = await inside(getTaggedSecrets(many, options())).promise();
    assert.equal(resources.length, 1500);
    assert.ok(resources.every(({ state }) => state === "ENABLED"));
  });

  it("is not secret because the settings are, but because an argument is", async () => {
    assert.equal(await inside(getTaggedSecrets(query, options())).isSecret, false);
    assert.equal(
      await inside(getTaggedSecrets({ ...query, tags: pulumi.secret(query.tags) }, options())).isSecret,
      true,
    );
  });

  it("is unknown, and asks nothing, while an argument or a setting is", async () => {
    const unknown = <Value>(value: Value) =>
      new (pulumi.Output as unknown as new (...parts: unknown[]) => pulumi.Output<Value>)(
        new Set(),
        Promise.resolve(value),
        Promise.resolve(false),
        Promise.resolve(false),
        Promise.resolve(new Set()),
      );
    const made = await callsDuring(simulator.control, async () => {
      const byArgument = getTaggedSecrets({ ...query, tags: [{ key: unknown("app") }] }, options());
      assert.equal(await inside(byArgument).isKnown, false);
      const bySetting = getTaggedSecrets(query, { provider: { settings: unknown<Record<string, string>>({}) } });
      assert.equal(await inside(bySetting).isKnown, false);
    });
    assert.deepEqual(made, {});
  });

  it("shares equal queries under way", async () => {
    const made = await callsDuring(simulator.control, () =>
      Promise.all([1, 2, 3].map(() => inside(getTaggedSecrets(query, options())).promise())),
    );
    assert.deepEqual(made, { ListResourceInstances: 1 });
  });

  it("tells missing from forbidden, and an empty answer from both", async () => {
    const empty = getTaggedSecrets({ action: "filter", tags: [{ key: "nobody" }] }, options());
    assert.equal((await inside(empty).promise()).totalCount, 0);
    const answers = [
      { kind: "not-found", status: 400, code: "CSMS.0005", message: "The resource does not exist." },
      { kind: "forbidden", status: 403, code: "CSMS.0302", message: "You are not authorized." },
    ];
    for (const { kind, ...answer } of answers) {
      await simulator.control.faults({ faults: [{ operation: "ListResourceInstances", kind: answer }] });
      const error = await failure(getTaggedSecrets(query, options()));
      assert.equal(error.kind, kind);
      assert.match(error.message, new RegExp(`query the secrets by tag: .*${answer.code}, HTTP ${answer.status}`));
    }
  });

  it("refuses wrong arguments like the resource, before any call", async () => {
    const made = await callsDuring(simulator.control, async () => {
      const wrong = { action: "filter", pageSize: 0, tags: [{ key: "a=b" }] } satisfies SecretTagQueryArgs;
      const { kind, message } = await failure(getTaggedSecrets(wrong, options()));
      assert.equal(kind, "invalid");
      assert.match(message, /^getTaggedSecrets: tags\[0\]\.key must not hold .*; pageSize must be a whole number/);
    });
    assert.deepEqual(made, {});
  });

  it("says where to set what it needs", async () => {
    const { kind, message } = await failure(getTaggedSecrets(query, options({ "huaweicloud:region": "" })));
    assert.equal(kind, "settings");
    assert.match(message, /huaweicloud:region .*HW_REGION_NAME/);
  });

  it("takes the stack's config, and else the environment", async () => {
    const config = Object.entries(simulator.config).map(([key, { value }]) => [key, value] as const);
    const ask = async () => (await inside(getTaggedSecrets(query)).promise()).totalCount;
    pulumi.runtime.setAllConfig(Object.fromEntries(config));
    try {
      assert.equal(await ask(), 2);
    } finally {
      pulumi.runtime.setAllConfig({});
    }
    Object.assign(process.env, simulator.env);
    try {
      assert.equal(await ask(), 2);
    } finally {
      for (const name of Object.keys(simulator.env)) Reflect.deleteProperty(process.env, name);
    }
  });
});
