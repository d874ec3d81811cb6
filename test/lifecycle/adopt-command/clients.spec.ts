/** What other clients made comes under management the same way: instances that recorded requests of theirs filled. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { rowsOf } from "../../faults/rows";
import { clients, identity, replay, scene } from "../../simulator/clients/recorded";
import { openSimulator, type TestSimulator } from "../../simulator/open";
import { openProject, runAdopt, writesOf } from "../../support/adopting";
import type { TestStack } from "../../support/stack";
import { temporaryFolder } from "../../support/temporary";

/** The program in one language for each: the other one says the same. */
const made = [
  ["Python SDK", "typescript"],
  ["Terraform provider", "yaml"],
  ["Terraform provider's APIs", "yaml"],
  ["Terraform provider's apps", "yaml"],
] as const;

for (const [client, language] of made) {
  describe(`pulumi-apig adopt of what the ${client} made`, function () {
    this.timeout(300_000);
    const folder = temporaryFolder();
    const project = join(folder.path, "project");
    let simulator: TestSimulator;
    let stack: TestStack | undefined;

    before(async () => {
      const data = temporaryFolder();
      writeFileSync(join(data.path, "identity.json"), JSON.stringify(identity));
      simulator = await openSimulator({ data: data.path });
      await simulator.control.seed(scene);
      // All that it made stays: its own deletes are left out. Each request was recorded in a fresh scene, so here a change
      // may be in the way of another one.
      const requests = clients.filter(([name]) => name === client).flatMap(([, all]) => all);
      for (const request of requests.filter(({ method, status }) => method !== "DELETE" && status < 300)) {
        const answer = await replay(simulator, request);
        if (request.operation.startsWith("Create")) assert.equal(answer.status, request.status, request.operation);
      }
      await simulator.control.clock({ set: new Date().toISOString() });
    });
    after(async () => {
      await stack?.close();
      await simulator.close();
      folder.remove();
    });

    it("writes nothing at the services, and the next preview is empty", async () => {
      const since = (await simulator.control.journal()).length;
      const before = await rowsOf(simulator);
      const { code, stderr } = await runAdopt(simulator, "--out", project, "--language", language);
      assert.equal(code, 0, stderr);
      stack = await openProject(project, simulator);
      const { changes } = await stack.up();
      assert.deepEqual(Object.keys(changes), ["create"]);
      const programmed = before.apps.length + before.codes.length;
      assert.ok((changes.create ?? 0) > programmed, JSON.stringify(changes));
      await stack.preview({ expectNoChanges: true });
      await stack.refresh({ expectNoChanges: true });
      assert.deepEqual(await writesOf(simulator, since), []);
      assert.deepEqual(await rowsOf(simulator), before);
    });
  });
}
