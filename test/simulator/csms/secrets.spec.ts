import assert from "node:assert/strict";
import { openSimulator, type TestSimulator } from "../open";
import { wire, type Answer } from "../core/wire";

type Fields = Record<string, Record<string, unknown>>;

const DAY = 24 * 60 * 60 * 1000;

describe("CSMS secrets, versions and tags over raw HTTP", () => {
  let simulator: TestSimulator;

  before(async () => {
    simulator = await openSimulator();
  });
  beforeEach(() => simulator.control.reset());
  after(() => simulator.close());

  const call = (method: string, path: string, body?: unknown): Promise<Answer> => {
    const { kms, projectId, token } = simulator.info;
    return wire(`${kms}/v1/${projectId}/${path}`, { method, headers: { "x-auth-token": token }, body });
  };
  const create = async (name = "db"): Promise<string> => {
    const answer = await call("POST", "secrets", { name, secret_string: "one" });
    assert.equal(answer.status, 200);
    return String((answer.body as Fields)["secret"]!["id"]);
  };
  const refusal = async (answer: Promise<Answer>): Promise<[number, unknown]> => {
    const { status, body } = await answer;
    return [status, (body as Fields)["error"]?.["error_code"]];
  };

  it("creates, shows, updates and deletes a secret", async () => {
    const id = await create();
    const updated = await call("PUT", "secrets/db", { description: "new" });
    assert.equal((updated.body as Fields)["secret"]!["description"], "new");
    const shown = await call("GET", "secrets/db");
    assert.deepEqual((shown.body as Fields)["secret"]!["id"], id);
    assert.equal((await call("DELETE", "secrets/db")).status, 204);
    assert.deepEqual(await refusal(call("GET", "secrets/db")), [400, "CSMS.0106"]);
  });

  it("never shows a value but in its version", async () => {
    await create();
    for (const path of ["secrets", "secrets/db"]) {
      assert.doesNotMatch(JSON.stringify((await call("GET", path)).body), /secret_string|"one"/);
    }
    const { body } = await call("GET", "secrets/db/versions/latest");
    assert.equal((body as Fields)["version"]!["secret_string"], "one");
  });

  it("moves SYSCURRENT to a new version and SYSPREVIOUS to the one before", async () => {
    await create();
    const made = await call("POST", "secrets/db/versions", { secret_binary: "dHdv", version_stages: ["blue"] });
    assert.deepEqual((made.body as Fields)["version_metadata"]!["version_stages"], ["SYSCURRENT", "blue"]);
    const read = async (version: string): Promise<unknown> =>
      ((await call("GET", `secrets/db/versions/${version}`)).body as { version: { version_metadata: { id: string } } })
        .version.version_metadata.id;
    assert.deepEqual(await Promise.all(["latest", "blue", "SYSPREVIOUS", "v1"].map(read)), ["v2", "v2", "v1", "v1"]);
    assert.deepEqual(await refusal(call("GET", "secrets/db/versions/v9")), [400, "CSMS.0005"]);
  });

  it("lists versions, the newest first, by pages with the last one's id as marker", async () => {
    await create();
    for (const secret_string of ["two", "three"]) await call("POST", "secrets/db/versions", { secret_string });
    interface Listed {
      version_metadatas: { id: string; secret_name: string; version_stages: string[] }[];
      page_info: object;
    }
    const first = (await call("GET", "secrets/db/versions?limit=2")).body as Listed;
    assert.deepEqual(
      first.version_metadatas.map(({ id, version_stages }) => [id, ...version_stages]),
      [
        ["v3", "SYSCURRENT"],
        ["v2", "SYSPREVIOUS"],
      ],
    );
    assert.deepEqual(first.page_info, { next_marker: "v2", previous_marker: null, current_count: 2 });
    const second = (await call("GET", "secrets/db/versions?limit=2&marker=v2")).body as Listed;
    assert.deepEqual(
      second.version_metadatas.map(({ id, secret_name }) => [id, secret_name]),
      [["v1", "db"]],
    );
    assert.deepEqual(await refusal(call("GET", "secrets/db/versions?marker=v9")), [400, "CSMS.0005"]);
    assert.deepEqual(await refusal(call("GET", "secrets/none/versions")), [400, "CSMS.0106"]);
    assert.doesNotMatch(JSON.stringify(first), /secret_string/);
  });

  for (const csmsTimeUnit of ["seconds", "milliseconds"] as const) {
    it(`shows in ${csmsTimeUnit} the time of expiry it was given, at creation or later`, async () => {
      await simulator.control.options({ csmsTimeUnit });
      await create();
      const body = { secret_string: "two", expire_time: 1_999_999_999 };
      const expiry = async (answer: Promise<Answer>): Promise<unknown> =>
        ((await answer).body as Fields)["version_metadata"]!["expire_time"];
      assert.equal(await expiry(call("POST", "secrets/db/versions", body)), 1_999_999_999);
      assert.equal(await expiry(call("PUT", "secrets/db/versions/v1", { expire_time: 2_000_000_000 })), 2_000_000_000);
    });
  }

  it("changes versions of enabled secrets only, and nothing but their expiry", async () => {
    await create();
    await simulator.control.seed({ secrets: [{ name: "off", state: "DISABLED" }] });
    const expire_time = 1_999_999_999;
    assert.deepEqual(await refusal(call("PUT", "secrets/off/versions/v1", { expire_time })), [403, "CSMS.0109"]);
    assert.deepEqual(await refusal(call("PUT", "secrets/db/versions/v2", { expire_time })), [400, "CSMS.0005"]);
    assert.deepEqual(await refusal(call("PUT", "secrets/db/versions/v1", { secret_string: "x" })), [400, "CSMS.0002"]);
  });

  it("lists by pages with the last name as marker", async () => {
    for (const name of ["a", "b", "c"]) await create(name);
    const first = (await call("GET", "secrets?limit=2")).body as { secrets: object[]; page_info: object };
    assert.deepEqual(first.page_info, { next_marker: "b", previous_marker: null, current_count: 2 });
    const second = (await call("GET", "secrets?limit=2&marker=b")).body as typeof first;
    assert.deepEqual(second.page_info, { next_marker: null, previous_marker: "c", current_count: 1 });
  });

  it("takes a zero for a time that is not set, as the Go SDK sends it", async () => {
    await create("db");
    const version = await call("POST", "secrets/db/versions", { secret_string: "two", expire_time: 0 });
    assert.equal((version.body as Fields)["version_metadata"]!["expire_time"], null);
    const window = { recovery_window_in_days: 0 };
    const { body } = await call("POST", "secrets/db/scheduled-deleted-tasks/create", window);
    const { scheduled_delete_time: due, update_time: now } = (body as Fields)["secret"]!;
    assert.equal(Math.round((Number(due) - Number(now)) / 86_400), 30);
  });

  it("deletes on schedule by the simulator's clock, unless cancelled", async () => {
    await create("kept");
    await create("gone");
    const window = { recovery_window_in_days: 7 };
    for (const name of ["kept", "gone"]) {
      const { body } = await call("POST", `secrets/${name}/scheduled-deleted-tasks/create`, window);
      assert.equal((body as Fields)["secret"]!["state"], "PENDING_DELETE");
    }
    assert.deepEqual(await refusal(call("PUT", "secrets/kept", {})), [400, "CSMS.0103"]);
    assert.deepEqual(await refusal(call("POST", "secrets/kept/scheduled-deleted-tasks/create")), [400, "CSMS.0107"]);
    assert.equal((await call("POST", "secrets/kept/scheduled-deleted-tasks/cancel")).status, 200);
    assert.deepEqual(await refusal(call("POST", "secrets/kept/scheduled-deleted-tasks/cancel")), [400, "CSMS.0108"]);
    const { token } = simulator.info;
    await simulator.control.clock({ advance: 7 * DAY });
    assert.equal((await call("GET", "secrets/kept")).status, 401, "the token's day is over");
    const { state } = await freshToken(simulator);
    assert.notEqual(state, token);
    const { kms, projectId } = simulator.info;
    const list = await wire(`${kms}/v1/${projectId}/secrets`, { headers: { "x-auth-token": state } });
    assert.deepEqual(
      (list.body as { secrets: { name: string }[] }).secrets.map(({ name }) => name),
      ["kept"],
    );
  });

  it("shows the value of enabled secrets only", async () => {
    await simulator.control.seed({ secrets: [{ name: "off", state: "DISABLED" }] });
    assert.deepEqual(await refusal(call("GET", "secrets/off/versions/latest")), [403, "CSMS.0109"]);
  });

  it("keeps tags by secret id, and sums them up for the project", async () => {
    const id = await create();
    const batch = (action: string, tags: object[]): Promise<Answer> =>
      call("POST", `csms/${id}/tags/action`, { action, tags });
    assert.equal((await batch("create", [{ key: "env", value: "prod" }, { key: "team" }])).status, 204);
    assert.equal((await call("POST", `csms/${id}/tags`, { tag: { key: "env", value: "test" } })).status, 204);
    assert.deepEqual((await call("GET", `csms/${id}/tags`)).body, {
      tags: [
        { key: "env", value: "test" },
        { key: "team", value: "" },
      ],
      sys_tags: [],
    });
    assert.deepEqual((await call("GET", "csms/tags")).body, {
      tags: [
        { key: "env", values: ["test"] },
        { key: "team", values: [""] },
      ],
    });
    assert.equal((await call("DELETE", `csms/${id}/tags/env`)).status, 204);
    assert.deepEqual(await refusal(call("DELETE", `csms/${id}/tags/env`)), [400, "CSMS.0005"]);
    assert.equal((await batch("delete", [{ key: "team" }])).status, 204);
    assert.deepEqual((await call("GET", `csms/${id}/tags`)).body, { tags: [], sys_tags: [] });
    assert.deepEqual(await refusal(call("GET", "csms/unknown/tags")), [400, "CSMS.0005"]);
  });

  it("holds the quota of secrets and of tags", async () => {
    await simulator.control.quotas({ secrets: 1, tagsPerSecret: 1 });
    const id = await create();
    assert.deepEqual(await refusal(call("POST", "secrets", { name: "more", secret_string: "x" })), [400, "CSMS.0202"]);
    const tags = [
      { key: "a", value: "" },
      { key: "b", value: "" },
    ];
    assert.deepEqual(await refusal(call("POST", `csms/${id}/tags/action`, { action: "create", tags })), [
      400,
      "CSMS.0002",
    ]);
  });

  const bad: [rule: string, body: object][] = [
    ["a name with a space", { name: "a b", secret_string: "x" }],
    ["a name of 65 characters", { name: "a".repeat(65), secret_string: "x" }],
    ["no value", { name: "a" }],
    ["both values", { name: "a", secret_string: "x", secret_binary: "eA==" }],
    ["a binary value that is not Base64", { name: "a", secret_binary: "*" }],
    ["a value beyond 32 KB", { name: "a", secret_string: "x".repeat(32 * 1024 + 1) }],
    ["tags at creation", { name: "a", secret_string: "x", tags: [] }],
  ];
  for (const [rule, body] of bad) {
    it(`refuses ${rule}`, async () => {
      assert.deepEqual(await refusal(call("POST", "secrets", body)), [400, "CSMS.0002"]);
    });
  }
});

/** A token of a user seeded now: the ready one has run out with the clock. */
async function freshToken(simulator: TestSimulator): Promise<{ state: string }> {
  const { users } = (await simulator.control.seed({ users: [{ name: "late" }] })) as { users: { token: string }[] };
  return { state: users[0]!.token };
}
