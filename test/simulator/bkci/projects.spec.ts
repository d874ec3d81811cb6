import assert from "node:assert/strict";
import { openSimulator, type TestSimulator } from "../open";
import { wire, type Answer } from "../core/wire";

interface Result {
  status: number;
  data: unknown;
}

describe("BK-CI projects over raw HTTP", () => {
  let simulator: TestSimulator;

  before(async () => {
    simulator = await openSimulator();
  });
  beforeEach(() => simulator.control.reset());
  after(() => simulator.close());

  const call = (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const { bkci, bkciAccessToken } = simulator.info;
    const join = path.includes("?") ? "&" : "?";
    return wire(`${bkci}/ms/openapi/api/apigw/${path}${join}access_token=${bkciAccessToken}`, {
      method,
      headers,
      body,
    });
  };
  const outcome = async (answer: Promise<Answer>): Promise<[number, number]> => {
    const { status, body } = await answer;
    return [status, (body as Result).status];
  };
  const data = async (answer: Promise<Answer>): Promise<unknown> => ((await answer).body as Result).data;
  const made = { projectName: "Team A", englishName: "team-a", description: "ours" };

  for (const [version, list, create, one] of [
    ["v3", "v3/projects", "v3/projects", "v3/projects"],
    ["v4", "v4/projects/project/project_list", "v4/projects/project/project_create", "v4/projects/project"],
  ] as const) {
    it(`creates, shows, updates and lists in ${version}`, async () => {
      assert.equal(await data(call("POST", create, made)), true);
      const { projectId, englishName, projectCode, projectName } = (await data(call("GET", `${one}/team-a`))) as Record<
        string,
        string
      >;
      assert.deepEqual([englishName, projectCode, projectName], ["team-a", "team-a", "Team A"]);
      assert.notEqual(projectId, "team-a");
      assert.equal(await data(call("PUT", `${one}/team-a`, { projectName: "Team B", description: "" })), true);
      const projects = (await data(call("GET", list))) as { projectName: string }[];
      assert.deepEqual(
        projects.map((project) => project.projectName),
        ["demo", "Team B"],
      );
    });
  }

  it("pages the list of v4 only, ten by default", async () => {
    const projects = Array.from({ length: 11 }, (_, n) => ({ englishName: `p${n}`, members: { admin: "manager" } }));
    await simulator.control.seed({ projects });
    const count = async (path: string): Promise<number> => ((await data(call("GET", path))) as unknown[]).length;
    assert.equal(await count("v3/projects"), 12);
    assert.equal(await count("v4/projects/project/project_list"), 10);
    assert.equal(await count("v4/projects/project/project_list?page=2"), 2);
  });

  it("answers status 0 without data for a project that does not exist, and 403 for someone else's", async () => {
    assert.deepEqual((await call("GET", "v3/projects/nowhere")).body, { status: 0, data: null });
    assert.deepEqual(
      await outcome(call("GET", "v3/projects/demo", undefined, { "x-devops-uid": "stranger" })),
      [403, 403],
    );
  });

  it("answers the same 404 for both when control says so", async () => {
    await simulator.control.options({ bkciHidesProjects: true });
    const stranger = { "x-devops-uid": "stranger" };
    const hidden = { status: 404, message: "requested resource does not exist", data: null };
    for (const [name, headers] of [
      ["nowhere", {}],
      ["demo", stranger],
    ] as const) {
      const { status, body } = await call("GET", `v3/projects/${name}`, undefined, headers);
      assert.deepEqual([status, body], [404, hidden]);
    }
    const change = { projectName: "x", description: "" };
    assert.deepEqual(await outcome(call("PUT", "v3/projects/demo", change, stranger)), [404, 404]);
    assert.equal((await call("GET", "v3/projects/demo")).status, 200);
  });

  const refused: [rule: string, body: object, status: number][] = [
    ["an empty name", { projectName: "" }, 2119003],
    ["a name of 65 characters", { projectName: "a".repeat(65) }, 2119004],
    ["a name that is taken", { projectName: "demo" }, 2119002],
    ["an id of one character", { englishName: "a" }, 2119005],
    ["an id of 33 characters", { englishName: "a".repeat(33) }, 2119005],
    ["an id with capitals", { englishName: "Team" }, 2119006],
    ["an id that starts with a digit", { englishName: "1a" }, 2119006],
    ["an id that is taken", { englishName: "demo" }, 2119007],
    ["a missing description", { description: undefined }, 400],
    ["an unknown field", { colour: "red" }, 400],
  ];
  for (const [rule, body, status] of refused) {
    it(`refuses ${rule} with ${status}`, async () => {
      assert.deepEqual(await outcome(call("POST", "v3/projects", { ...made, ...body })), [400, status]);
    });
  }

  it("lets managers only change a project", async () => {
    await simulator.control.seed({ projects: [{ englishName: "team", members: { eve: "member" } }] });
    const change = { projectName: "x", description: "" };
    assert.deepEqual(await outcome(call("PUT", "v3/projects/team", change, { "x-devops-uid": "eve" })), [403, 403]);
  });

  it("knows no way to delete a project", async () => {
    assert.deepEqual(await outcome(call("DELETE", "v3/projects/demo")), [405, 405]);
  });
});
