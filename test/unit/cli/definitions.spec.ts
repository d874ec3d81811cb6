/** The definitions that the command writes: they import back to the same APIs, and say what they cannot say. */
import assert from "node:assert/strict";
import { rowsOf } from "../../faults/rows";
import { openSimulator, type TestSimulator } from "../../simulator/open";
import { brownfield } from "../../support/brownfield";
import { handlersFor } from "../../support/handlers";
import { Life } from "../../support/life";
import { definitionIn, definitionsIn, written } from "./setup";

const group = "1".repeat(32);

describe("A definition that pulumi-apig adopt writes", () => {
  let simulator: TestSimulator;
  before(async () => {
    simulator = await openSimulator();
  });
  after(() => simulator.close());
  beforeEach(() => simulator.control.reset());

  /** A group with one API: what is given, beside what every one has. */
  const seedApis = (...apis: readonly object[]) =>
    simulator.control.seed({
      groups: [{ id: group, name: "things" }],
      apis: apis.map((fields, index) => ({
        definition: {
          group_id: group,
          name: `api_${index}`,
          type: 1,
          req_method: "GET",
          req_uri: `/things/${index}`,
          auth_type: "APP",
          backend_type: "MOCK",
          mock_info: { result_content: "x" },
          ...fields,
        },
      })),
    });

  it("imports back to the same APIs: back ends, parameters, authentication, policies, protocols", async () => {
    await simulator.control.seed(brownfield);
    const { groups, apis } = await rowsOf(simulator);
    const { files } = await written(simulator);
    const definitions = definitionsIn(files);
    assert.equal(definitions.length, 3);
    for (const [path, definition] of definitions) {
      const name = /^ {2}title: (.*)$/m.exec(definition)?.[1] ?? "";
      const { id } = groups.find((each) => each.name === name) ?? {};
      await simulator.control.reset();
      await new Life(() => handlersFor(simulator).ApiImport).up({ definition });
      const rows = await rowsOf(simulator);
      assert.deepEqual(
        rows.groups.map((each) => each.name),
        ["DEFAULT", name],
        path,
      );
      const body = (api: (typeof apis)[number]) => ({ ...api.definition, group_id: "" });
      const byName = (one: { name: string }, other: { name: string }) => (one.name < other.name ? -1 : 1);
      const theirs = apis.filter((api) => api.definition.group_id === id).map(body);
      assert.equal(theirs.length, 20);
      assert.deepEqual(rows.apis.map(body).sort(byName), theirs.sort(byName), path);
    }
  });

  it("has its operations by path, and in each what people look for first", async () => {
    await seedApis({ req_uri: "/b" }, { req_uri: "/a", req_method: "POST" }, { req_uri: "/a" });
    const text = definitionIn((await written(simulator)).files);
    assert.deepEqual(text.match(/^ {2}\/.*:$|^ {4}\w+:$|operationId: .*/gm)?.slice(-8), [
      "  /a:",
      "    get:",
      "operationId: api_2",
      "    post:",
      "operationId: api_1",
      "  /b:",
      "    get:",
      "operationId: api_0",
    ]);
    assert.doesNotMatch(text, /servers|: ""$|parameters: \[\]$|: 0$/m);
  });

  it("leaves out what no import would make as it is, says so on top, and has the rest", async () => {
    await seedApis(
      {},
      { req_uri: "/same", match_mode: "SWA" },
      { req_uri: "/same", match_mode: "NORMAL" },
      { req_protocol: "GRPCS" },
      { tags: ["gold"], req_uri: "/tagged" },
      { auth_type: "NONE", auth_opt: { app_code_auth_type: "HEADER" } },
      {
        backend_type: "HTTP",
        mock_info: undefined,
        backend_api: {
          vpc_channel_status: 4,
          member_group_url_infos: [{}],
          vpc_channel_info: { vpc_channel_id: "c" },
          timeout: 5000,
        },
      },
    );
    const { files, told } = await written(simulator);
    const text = definitionIn(files);
    const [head = "", body = ""] = text.split(/\n\n/);
    assert.match(head, /^# What an export cannot say/);
    assert.match(head, /# - GET \/same \(api_[12]\): the export does not show it, or shows another one in its place/);
    assert.match(head, /# - GET \/things\/3 \(api_3\): no definition can say the protocol GRPCS/);
    assert.match(head, /# - GET \/things\/6 \(api_6\): \w+ is missing/);
    assert.match(head, /# - GET \/things\/5 \(api_5\): an import of its export would change its authentication/);
    assert.match(head, /# - Tags, which an import of a changed operation removes: GET \/tagged/);
    assert.deepEqual(body.match(/^ {2}\/.*:$/gm), ["  /same:", "  /tagged:", "  /things/0:"]);
    assert.deepEqual(
      told.filter((line) => line.includes("left out")),
      [],
    );
  });

  it("is in Swagger 2.0 where an API has another protocol, and says what that cannot say", async () => {
    await seedApis({ req_protocol: "BOTH", body_remark: "an order" }, {});
    const text = definitionIn((await written(simulator)).files);
    assert.match(text, /^swagger: "2.0"$/m);
    assert.match(text, /^# - Remarks of bodies, which an import of a changed operation removes: GET \/things\/0$/m);
  });

  it("is none where nothing of a group can be said, which the program says", async () => {
    await seedApis({ req_protocol: "GRPCS" });
    const { files, told } = await written(simulator);
    assert.deepEqual(definitionsIn(files), []);
    const line = "API group things: GET /things/0 (api_0): no definition can say the protocol GRPCS";
    assert.ok(told.includes(`left out: ${line}`), told.join("\n"));
    assert.ok(files.get("index.ts")?.includes(`// - ${line}\n`));
    assert.doesNotMatch(files.get("index.ts") ?? "", /ApiImport/);
  });

  it("keeps texts of any kind as they are", async () => {
    const texts = ["yes", "1.0", "- a\n- b: c # d", "*/ ${x} \"quoted\" 'single'", "多行\n文字", "2026-01-01"];
    await seedApis(...texts.map((remark) => ({ remark })));
    const { apis } = await rowsOf(simulator);
    const { files } = await written(simulator);
    const definition = definitionIn(files);
    await simulator.control.reset();
    await new Life(() => handlersFor(simulator).ApiImport).up({ definition });
    const remarks = (rows: typeof apis) => rows.map((api) => api.definition.remark).sort();
    assert.deepEqual(remarks((await rowsOf(simulator)).apis), remarks(apis));
  });
});
