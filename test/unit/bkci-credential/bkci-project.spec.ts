import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { LookupError, type LookupOptions } from "../../../provider/hosts/dynamic/look-up";
import { getBkciProject, getBkciProjects } from "../../../provider/hosts/dynamic/functions";
import { callsDuring } from "../../support/calls";
import { openSimulator, type TestSimulator } from "../../simulator/open";

/** The value of an output. */
const result = <Value>(output: pulumi.Output<Value>): Promise<Value> =>
  (output as unknown as { promise(): Promise<Value> }).promise();

describe("look-ups of BK-CI projects", () => {
  let simulator: TestSimulator;

  before(async () => {
    simulator = await openSimulator();
  });
  after(() => simulator.close());
  beforeEach(async () => {
    await simulator.control.reset();
    await simulator.control.seed({
      projects: [
        { englishName: "web-shop", projectName: "Web shop", description: "sells", members: { admin: "member" } },
        { englishName: "theirs", members: {} },
      ],
    });
  });

  /** Uses an explicit provider, so that only the settings of this test are used. */
  const options = (changes: Record<string, string> = {}): LookupOptions => {
    const config = Object.entries(simulator.config).map(([key, { value }]) => [key, value]);
    const settings = pulumi.output({ ...(Object.fromEntries(config) as Record<string, string>), ...changes });
    return { provider: { settings } };
  };
  const failure = async (output: pulumi.Output<unknown>): Promise<LookupError> => {
    const error: unknown = await result(output).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof LookupError, String(error));
    return error;
  };

  it("give what is there, by the English name", async () => {
    assert.deepEqual(await result(getBkciProject("web-shop", options())), {
      projectId: "web-shop",
      name: "Web shop",
      description: "sells",
      enabled: true,
    });
  });

  it("take the project of the settings by default, and say where to set it", async () => {
    assert.equal((await result(getBkciProject(undefined, options()))).projectId, simulator.info.bkciProjectId);
    const { kind, message } = await failure(getBkciProject(undefined, options({ "bkci:projectId": "" })));
    assert.equal(kind, "settings");
    assert.match(message, /bkci:projectId/);
  });

  it("list the projects of the user, sorted", async () => {
    const projects = await result(getBkciProjects(options()));
    assert.deepEqual(
      projects.map(({ projectId }) => projectId),
      [simulator.info.bkciProjectId, "web-shop"].sort(),
    );
  });

  it("tell missing from forbidden", async () => {
    const missing = await failure(getBkciProject("nowhere", options()));
    assert.equal(missing.kind, "not-found");
    assert.match(missing.message, /BK-CI has no project nowhere/);
    const forbidden = await failure(getBkciProject("theirs", options()));
    assert.equal(forbidden.kind, "forbidden");
    assert.match(forbidden.message, /read the BK-CI project theirs: .*permission.*HTTP 403/);
    assert.doesNotMatch(forbidden.message, /no project/);
  });

  it("say missing in the same words where the server answers 404", async () => {
    const kind = { status: 404, body: { status: 404, message: "ProjectId [x] not find, please check it." } };
    await simulator.control.faults({ faults: [{ operation: "getProject", kind }] });
    const { kind: told, message } = await failure(getBkciProject("x", options()));
    assert.equal(told, "not-found");
    assert.match(message, /BK-CI has no project x/);
  });

  it("do not believe an answer about another project", async () => {
    const data = { englishName: "web-shop", projectName: "Web shop" };
    const kind = { status: 200, body: { status: 0, data } };
    await simulator.control.faults({ faults: [{ operation: "getProject", kind }] });
    const { kind: told, message } = await failure(getBkciProject("x", options()));
    assert.equal(told, "malformed");
    assert.match(message, /about another object/);
  });

  it("call nobody for an argument that is not known yet", async () => {
    const calls = await callsDuring(simulator.control, async () => {
      const project = getBkciProject(pulumi.output(pulumi.unknown) as pulumi.Output<string>, options());
      assert.equal(await (project as unknown as { isKnown: Promise<boolean> }).isKnown, false);
    });
    assert.deepEqual(calls, {});
  });
});
