import assert from "node:assert/strict";
import { crashAndRecover, type Crash } from "../faults/crash";
import { CallProxy } from "../faults/call-proxy";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { TestStack } from "../support/stack";

/** `npm run test:faults` kills at every call. */
const all = process.env["CRASHES"] === "all";

describe("After a crash", function () {
  this.timeout(all ? 3_600_000 : 120_000);
  let simulator: TestSimulator;
  let stack: TestStack;
  let proxy: CallProxy;

  before(async () => {
    simulator = await openSimulator();
    proxy = await CallProxy.to(simulator);
    stack = await TestStack.open({
      program: () => Promise.resolve(),
      config: proxy.config(simulator),
    });
  });
  after(async () => {
    await stack.close();
    proxy.close();
    await simulator.close();
  });

  const some: readonly [title: string, crash: Crash, done: readonly RegExp[]][] = [
    [
      "of the CLI in a create, `pulumi cancel` and up continue, and what state does not know is adopted",
      { phase: "create", victim: "cli", nth: 1, effect: true },
      [/pulumi cancel/, /adopt: true|by hand/],
    ],
    ["of the provider in an update, up continues", { phase: "update", victim: "provider", nth: 2, effect: true }, []],
    [
      "of the CLI in a delete, `pulumi cancel` and destroy continue",
      { phase: "delete", victim: "cli", nth: 3, effect: false },
      [/pulumi cancel/],
    ],
  ];
  for (const [title, crash, expected] of all ? [] : some) {
    it(title, async () => {
      const { crashed, done } = await crashAndRecover(stack, simulator, proxy, crash);
      assert.ok(crashed);
      for (const step of expected)
        assert.ok(
          done.some((each) => step.test(each)),
          done.join(),
        );
    });
  }

  for (const phase of all ? (["create", "update", "delete"] as const) : []) {
    for (const victim of ["provider", "cli"] as const) {
      for (const effect of [true, false]) {
        it(`of the ${victim} at any call of a ${phase}, ${effect ? "after" : "before"} its effect`, async () => {
          for (let nth = 1; ; nth++) {
            const { crashed, done } = await crashAndRecover(stack, simulator, proxy, { phase, victim, nth, effect });
            if (!crashed) return;
            console.log(`      call ${nth}: ${done.join(", ") || "up again"}`);
          }
        });
      }
    }
  }
});
