import assert from "node:assert/strict";
import { join } from "node:path";
import { visit } from "../simulator/gateway/visit";
import { delivered } from "../support/delivered";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { TestStack } from "../support/stack";

const perSecond = 50;

/** How often each status came with each code. */
class Tally {
  readonly answers: { readonly code: string; readonly status: number }[] = [];

  get codes(): string[] {
    return [...new Set(this.answers.map(({ code }) => code))];
  }

  get refused(): number {
    return this.answers.filter(({ status }) => status !== 200).length;
  }
}

describe("examples/rotation", function () {
  this.timeout(120_000);
  let simulator: TestSimulator;
  let stack: TestStack;
  beforeEach(async () => {
    simulator = await openSimulator();
    stack = await TestStack.open({
      program: join(__dirname, "../../examples/rotation"),
      env: { ...simulator.env, PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
    });
  });
  afterEach(async () => {
    await stack.close();
    await simulator.close();
  });

  const code = () => delivered(simulator.control, simulator.info.bkciProjectId, "rotation_appcode");

  it("never refuses a caller who calls all the time with the code that the stack delivers", async () => {
    const { control, info } = simulator;
    await control.options({ gatewayDelay: 5000 });
    // The first update is made a minute in the past, so that the gateway knows all of it.
    await control.clock({ advance: -60_000 });
    const { outputs } = await stack.upWithOutputs();
    await control.clock({ advance: 60_000 });
    const groupId = outputs["groupId"]?.value as string;
    const old = await code();

    const tally = new Tally();
    const calls: Promise<void>[] = [];
    const call = async (): Promise<void> => {
      const present = await code();
      const { status } = await visit(info, { groupId, path: "/hello", code: present });
      tally.answers.push({ code: present, status });
    };
    const client = setInterval(() => calls.push(call()), 1000 / perSecond);
    try {
      await stack.stack.setConfig("rotation", { value: "second" });
      await stack.up();
      await control.clock({ advance: 5000 }); // The gateway learns that the old code is gone.
      await call();
    } finally {
      clearInterval(client);
    }
    await Promise.all(calls);

    assert.equal(tally.refused, 0, `${tally.refused} of ${tally.answers.length} calls were refused`);
    assert.deepEqual(tally.codes, [old, await code()]);
    const { status } = await visit(info, { groupId, path: "/hello", code: old });
    assert.equal(status, 401, "the old code works no more");
  });
});
