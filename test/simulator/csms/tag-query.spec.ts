import assert from "node:assert/strict";
import { openSimulator, type TestSimulator } from "../open";
import { wire, type Answer } from "../core/wire";

interface Found {
  readonly resources: { resource_id: string; resource_name: string; resource_detail: Record<string, unknown> }[];
  readonly total_count: number;
}

/** Tests for each sentence of the page of ListResourceInstances. */
describe("CSMS tag query over raw HTTP", () => {
  let simulator: TestSimulator;

  before(async () => {
    simulator = await openSimulator();
  });
  beforeEach(async () => {
    await simulator.control.reset();
    await simulator.control.seed({
      secrets: [
        { name: "db-main", tags: { env: "prod", team: "a" }, description: "main" },
        { name: "db-copy", tags: { env: "test", team: "a" } },
        { name: "mail", tags: { env: "prod", note: "" }, state: "DISABLED" },
        { name: "old", state: "PENDING_DELETE" },
        { name: "cold", state: "FROZEN" },
      ],
    });
  });
  after(() => simulator.close());

  const query = (body: unknown, headers: Record<string, string> = {}, projectId?: string): Promise<Answer> => {
    const { kms, token } = simulator.info;
    return wire(`${kms}/v1/${projectId ?? simulator.info.projectId}/csms/resource_instances/action`, {
      method: "POST",
      headers: { "x-auth-token": token, ...headers },
      body,
    });
  };
  const names = async (body: unknown): Promise<string[]> => {
    const answer = await query(body);
    assert.equal(answer.status, 200);
    return (answer.body as Found).resources.map(({ resource_name }) => resource_name);
  };

  it("answers 200 with the fields of tables 6 to 9", async () => {
    const { status, body } = await query({ action: "filter", tags: [{ key: "env", values: ["prod"] }], limit: "1" });
    assert.equal(status, 200);
    const { resources } = body as Found;
    const { id, create_time, update_time } = resources[0]!.resource_detail;
    assert.match(String(id), /^[0-9a-f-]{36}$/);
    assert.ok(Math.abs(Number(create_time) - Date.now() / 1000) < 60, "seconds since 1970");
    assert.deepEqual(body, {
      resources: [
        {
          resource_id: id,
          resource_name: "db-main",
          resource_detail: {
            id,
            name: "db-main",
            state: "ENABLED",
            kms_key_id: resources[0]!.resource_detail["kms_key_id"],
            description: "main",
            create_time,
            update_time,
            scheduled_delete_time: null,
          },
          tags: [
            { key: "env", value: "prod" },
            { key: "team", value: "a" },
          ],
          sys_tags: [],
        },
      ],
      total_count: 2,
    });
  });

  it("shows all four states, and a deletion time only for a secret that waits for it", async () => {
    const { body } = await query({});
    const states = (body as Found).resources.map(({ resource_detail: { state, scheduled_delete_time } }) => [
      state,
      typeof scheduled_delete_time,
    ]);
    assert.deepEqual(states, [
      ["ENABLED", "object"],
      ["ENABLED", "object"],
      ["DISABLED", "object"],
      ["PENDING_DELETE", "number"],
      ["FROZEN", "object"],
    ]);
  });

  it("tells times in milliseconds when control says so", async () => {
    await simulator.control.options({ csmsTimeUnit: "milliseconds" });
    const { body } = await query({ limit: 1 });
    assert.ok(Number((body as Found).resources[0]!.resource_detail["create_time"]) > 1e12);
  });

  const selections: [rule: string, body: object, expected: string[]][] = [
    ["no condition selects everything", {}, ["db-main", "db-copy", "mail", "old", "cold"]],
    ["a missing action filters", { tags: [{ key: "env", values: ["test"] }] }, ["db-copy"]],
    [
      "values of one key are alternatives",
      { tags: [{ key: "env", values: ["prod", "test"] }] },
      ["db-main", "db-copy", "mail"],
    ],
    [
      "keys must all fit",
      {
        tags: [
          { key: "env", values: ["prod"] },
          { key: "team", values: ["a"] },
        ],
      },
      ["db-main"],
    ],
    ["empty values mean any value", { tags: [{ key: "team", values: [] }] }, ["db-main", "db-copy"]],
    ["missing values mean any value", { tags: [{ key: "team" }] }, ["db-main", "db-copy"]],
    ["an empty text is a value of its own", { tags: [{ key: "note", values: [""] }] }, ["mail"]],
    ["a value nobody has selects nothing", { tags: [{ key: "env", values: ["dev"] }] }, []],
    ["a name match is fuzzy", { matches: [{ key: "resource_name", value: "db-" }] }, ["db-main", "db-copy"]],
    ["an empty name match selects nothing", { matches: [{ key: "resource_name", value: "" }] }, []],
    ["a name match without a value selects nothing", { matches: [{ key: "resource_name" }] }, []],
    [
      "tags and matches must both fit",
      { tags: [{ key: "env", values: ["prod"] }], matches: [{ key: "resource_name", value: "a" }] },
      ["db-main", "mail"],
    ],
    ["limit and offset are texts", { limit: "2", offset: "1" }, ["db-copy", "mail"]],
    ["limit and offset may be numbers", { limit: 2, offset: 1 }, ["db-copy", "mail"]],
    ["an offset behind the end gives an empty page", { offset: "99" }, []],
    [
      "a sequence of 36 characters is taken",
      { sequence: "919c82d4-8046-4722-9094-35c3c6524cff", limit: "1" },
      ["db-main"],
    ],
  ];
  for (const [rule, body, expected] of selections) {
    it(rule, async () => {
      assert.deepEqual(await names(body), expected);
    });
  }

  it("gives ten when no limit is named, and says how many there are", async () => {
    await simulator.control.seed({ secrets: { count: 30, prefix: "many-", tags: { bulk: ["x", "y"] } } });
    const { body } = await query({ matches: [{ key: "resource_name", value: "many-" }] });
    assert.equal((body as Found).resources.length, 10);
    assert.equal((body as Found).total_count, 30);
  });

  it("counts without listing, and looks at no paging then", async () => {
    const answer = await query({ action: "count", limit: "0", offset: "-1", tags: [{ key: "env", values: ["prod"] }] });
    assert.deepEqual([answer.status, answer.body], [200, { total_count: 2 }]);
  });

  it("sees changes of tags at once", async () => {
    const tags = [{ key: "env", values: ["new"] }];
    assert.deepEqual(await names({ tags }), []);
    await simulator.control.seed({ secrets: [{ name: "late", tags: { env: "new" } }] });
    assert.deepEqual(await names({ tags }), ["late"]);
  });

  const key = (length: number): object => ({ tags: [{ key: "k".repeat(length), values: [] }] });
  const value = (length: number): object => ({ tags: [{ key: "k", values: ["v".repeat(length)] }] });
  const accepted: [rule: string, body: object][] = [
    ["a key of 128 characters", key(128)],
    ["a value of 255 characters", value(255)],
    ["20 keys", { tags: Array.from({ length: 20 }, (_, n) => ({ key: `k${n}`, values: [] })) }],
    ["a name match of 255 characters", { matches: [{ key: "resource_name", value: "v".repeat(255) }] }],
    ["a limit of 1000", { limit: "1000" }],
  ];
  for (const [rule, body] of accepted) {
    it(`takes ${rule}`, async () => {
      assert.equal((await query(body)).status, 200);
    });
  }

  const refused: [rule: string, body: unknown, parameter: string][] = [
    ["a limit of 0", { limit: "0" }, "limit"],
    ["a limit of 1001", { limit: "1001" }, "limit"],
    ["a limit that is no number", { limit: "ten" }, "limit"],
    ["a negative offset", { offset: "-1" }, "offset"],
    ["an offset that is no number", { offset: "next" }, "offset"],
    ["an unknown action", { action: "list" }, "action"],
    ["an empty key", { tags: [{ key: "", values: [] }] }, "tags"],
    ["a missing key", { tags: [{ values: [] }] }, "tags"],
    ["a key of 129 characters", key(129), "tags"],
    ["a value of 256 characters", value(256), "tags"],
    ["21 keys", { tags: Array.from({ length: 21 }, (_, n) => ({ key: `k${n}`, values: [] })) }, "tags"],
    ["a repeated key", { tags: [{ key: "k" }, { key: "k" }] }, "tags"],
    ["a repeated value", { tags: [{ key: "k", values: ["v", "v"] }] }, "tags"],
    ...["\u001f", "*", "<", ">", "\\", "="].flatMap((mark): [string, unknown, string][] => [
      [`${JSON.stringify(mark)} in a key`, { tags: [{ key: `k${mark}` }] }, "tags"],
      [`${JSON.stringify(mark)} in a value`, { tags: [{ key: "k", values: [mark] }] }, "tags"],
      [`${JSON.stringify(mark)} in a match`, { matches: [{ key: "resource_name", value: mark }] }, "matches"],
    ]),
    ["a match of another field", { matches: [{ key: "resource_id", value: "x" }] }, "matches"],
    ["a match of 256 characters", { matches: [{ key: "resource_name", value: "v".repeat(256) }] }, "matches"],
    ["a sequence of 35 characters", { sequence: "x".repeat(35) }, "sequence"],
    ["an unknown field", { page: 1 }, "page"],
    ["an unknown field of a tag", { tags: [{ key: "k", value: "v" }] }, "value"],
    ["tags that are no list", { tags: { env: "prod" } }, "tags"],
  ];
  for (const [rule, body, parameter] of refused) {
    it(`refuses ${rule} with 400`, async () => {
      const answer = await query(body, { "content-type": "application/json" });
      assert.equal(answer.status, 400);
      assert.deepEqual(answer.body, {
        error: { error_code: "CSMS.0002", error_msg: `The value of parameter is invalid. (${parameter})` },
      });
    });
  }

  it("refuses text that is not JSON with 400", async () => {
    const answer = await query("{", { "content-type": "application/json" });
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.body, {
      error: { error_code: "CSMS.0004", error_msg: "The requested body format is wrong." },
    });
  });

  const unauthorized = {
    error: { error_code: "APIGW.0301", error_msg: "Incorrect IAM authentication information: decrypt token fail" },
  };
  const forbidden = {
    error: { error_code: "CSMS.0302", error_msg: "You are not authorized to perform the requested action." },
  };

  it("answers 401 to a wrong token and to none", async () => {
    const wrong = await query({}, { "x-auth-token": "wrong" });
    const none = await wire(`${simulator.info.kms}/v1/${simulator.info.projectId}/csms/resource_instances/action`, {
      method: "POST",
      body: {},
    });
    for (const answer of [wrong, none]) assert.deepEqual([answer.status, answer.body], [401, unauthorized]);
  });

  it("answers 403 in a project that the token is not for, and in one that does not exist", async () => {
    const { identity } = (await simulator.control.state()) as { identity: { places: { projectId: string }[] } };
    for (const projectId of [identity.places[1]!.projectId, "0".repeat(32)]) {
      const answer = await query({}, {}, projectId);
      assert.deepEqual([answer.status, answer.body], [403, forbidden]);
    }
  });

  it("answers 404 on another word in the place of resource_instances", async () => {
    const { kms, projectId, token } = simulator.info;
    const answer = await wire(`${kms}/v1/${projectId}/csms/instances/action`, {
      method: "POST",
      headers: { "x-auth-token": token },
      body: {},
    });
    assert.equal(answer.status, 404);
    assert.equal((answer.body as { error_code: string }).error_code, "APIG.0101");
  });

  for (const status of [400, 401, 403, 404, 500, 502, 504]) {
    it(`nests code and text under error when control asks for a ${status}`, async () => {
      await simulator.control.faults({ faults: [{ operation: "ListResourceInstances", kind: { status } }] });
      const answer = await query({});
      assert.equal(answer.status, status);
      const { error } = answer.body as { error: Record<string, unknown> };
      assert.deepEqual(Object.keys(error), ["error_code", "error_msg"]);
      assert.equal((await query({})).status, 200);
    });
  }

  it("pages through 100,000 secrets", async () => {
    await simulator.control.seed({ secrets: { count: 100_000, prefix: "bulk-", tags: { half: ["a", "b"] } } });
    const { body } = await query({ tags: [{ key: "half", values: ["b"] }], limit: "1000", offset: "49999" });
    const { resources, total_count } = body as Found;
    assert.equal(total_count, 50_000);
    assert.deepEqual(
      resources.map(({ resource_name }) => resource_name),
      ["bulk-100000"],
    );
  });
});
