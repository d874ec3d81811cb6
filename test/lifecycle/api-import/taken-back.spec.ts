import assert from "node:assert/strict";
import * as apig from "../../support/apig";
import { definition, specs, truth } from "../../support/definitions";
import { Outside } from "../../simulator/outside";
import { openSimulator, type TestSimulator } from "../../simulator/open";
import { TestStack } from "../../support/stack";

describe("A change of the group that fails half-way and is then undone in the program", function () {
  this.timeout(120_000);
  let simulator: TestSimulator;
  let stack: TestStack;
  before(async () => {
    simulator = await openSimulator();
    stack = await TestStack.open({ program: () => Promise.resolve(), config: simulator.config });
  });
  after(async () => {
    await stack.close();
    await simulator.close();
  });

  function declare(args: Partial<apig.ApiImportArgs>): void {
    stack.use(() => {
      const { groupId } = new apig.ApiImport("pets", { definition: definition(specs(2)), ...args });
      return Promise.resolve({ groupId });
    });
  }

  it("ends with only the old group, taken over again as the message says", async () => {
    const { id } = await new Outside(simulator.info).apig<{ id: string }>("POST", "/api-groups", { name: "theirs" });
    declare({});
    const own = (await stack.upWithOutputs()).outputs["groupId"]?.value as string;
    const before = (await truth(simulator)).rows(own);

    declare({ groupId: id });
    await simulator.control.quotas({ apis: 3 });
    await assert.rejects(stack.up(), /APIG\.3102/);
    await simulator.control.quotas({ apis: 100 });
    assert.equal((await truth(simulator)).rows(id).length, 1);

    declare({});
    await assert.rejects(stack.up(), /APIG\.3201.*take over what is there with `adopt: true`/s);
    declare({ adopt: true });
    const { text } = await stack.up();
    assert.match(text, /warning: ApiImport \w+\/\w+ stays, because the program has it elsewhere/);
    const now = await truth(simulator);
    assert.deepEqual([now.rows(own), now.rows(id)], [before, []]);

    declare({});
    await stack.preview({ refresh: true, expectNoChanges: true });
    await stack.destroy();
    assert.deepEqual(
      (await truth(simulator)).groups.map(({ name }) => name),
      ["theirs"],
    );
  });
});
