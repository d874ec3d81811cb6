/** The calls of each phase, as the guide for large stacks says them. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Handler } from "../../../provider/hosts/dynamic/handler";
import { callsDuring } from "../../support/calls";
import { definition, specs } from "../../support/definitions";
import { handlersFor } from "../../support/handlers";
import { Life, type Bag } from "../../support/life";
import { openSimulator, type TestSimulator } from "../../simulator/open";
import { Outside } from "../../simulator/outside";

const guide = readFileSync(resolve(__dirname, "../../../docs/large-stacks.md"), "utf8");

/** The rows of the table: a type, and the numbers of its phases. */
const table = [...guide.matchAll(/^\| `(\w+)` \|((?: \d+ \|){5})$/gm)].map(([, type = "", numbers = ""]) => ({
  type,
  numbers: numbers.split("|").slice(0, -1).map(Number),
}));

describe("The guide for large stacks", () => {
  let simulator: TestSimulator;
  let programs: Record<string, Bag>;

  before(async () => {
    simulator = await openSimulator();
    await simulator.control.quotas({ apis: 400 });
    await simulator.control.seed({ secrets: [{ name: "db", tags: { app: "shop" } }] });
    const outside = new Outside(simulator.info);
    const make = async (path: string, body: object) => (await outside.apig<{ id: string }>("POST", path, body)).id;
    const appId = await make("/apps", { name: "somebody" });
    const envId = await make("/envs", { name: "staging" });
    const groupId = await make("/api-groups", { name: "pets" });
    const api = { type: 1, req_protocol: "HTTPS", req_method: "GET", auth_type: "APP", backend_type: "MOCK" };
    const mock = { mock_info: { result_content: "[]" } };
    const publish = async (name: string) => {
      const id = await make("/apis", { ...api, ...mock, group_id: groupId, name, req_uri: `/${name}` });
      await outside.apig("POST", "/apis/action", { action: "online", env_id: envId, api_id: id });
      return id;
    };
    const apiIds = [await publish("one"), await publish("two")];
    programs = {
      App: { name: "shop" },
      AppCode: { appId },
      Environment: { name: "testing" },
      ApiImport: { definition: definition(specs(300)), mockMode: true },
      ApiPublication: { envId: "DEFAULT_ENVIRONMENT_RELEASE_ID", groupId },
      AppAuthorization: { envId, appIds: [appId], apiIds },
      BkciCredential: { credentialId: "code", type: "PASSWORD", password: "one" },
      SecretTagQuery: { action: "filter" },
    };
  });
  after(() => simulator.close());

  it("has a row for each type", () => {
    assert.deepEqual(table.map(({ type }) => type).sort(), Object.keys(programs).sort());
  });

  for (const { type, numbers } of table) {
    it(`says the calls of ${type}`, async () => {
      const life = new Life(() => (handlersFor(simulator) as unknown as Record<string, Handler>)[type]!);
      const program = programs[type]!;
      const phases = [
        () => life.failures(program),
        () => life.up(program),
        () => life.up(program),
        () => life.refresh(),
        () => life.destroy(),
      ];
      const counted: number[] = [];
      for (const phase of phases) {
        const calls = await callsDuring(simulator.control, phase);
        counted.push(Object.values(calls).reduce((sum, count) => sum + count, 0));
      }
      assert.deepEqual(counted, numbers);
    });
  }
});
