/** A killed engine does not end its processes. Provider processes notice that it is gone, and end by themselves. */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import * as apig from "pulumi-apig";
import { isAlive, kill } from "../faults/processes";
import { rowsOf } from "../faults/rows";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { TestStack } from "../support/stack";
import { configOf } from "../support/plugin";
import { resource } from "./plugin/programs";

/** Programs with an app and a code. After a rotation, the new code is handed on only after ten minutes. */
const programs = {
  "dynamic provider": (quarter: string) => () => {
    const { appId } = new apig.App("app", { name: "shop_web" });
    new apig.AppCode("code", { appId, rotate: { quarter }, propagationSeconds: 600 });
    return Promise.resolve();
  },
  plugin: (quarter: string) => () => {
    const { appId } = resource("App", "app", { name: "shop_web" });
    resource("AppCode", "code", { appId, rotate: { quarter }, propagationSeconds: 600 });
    return Promise.resolve();
  },
};

describe("After a kill of the engine", function () {
  this.timeout(120_000);
  let simulator: TestSimulator;
  let stack: TestStack;

  beforeEach(async () => {
    simulator = await openSimulator();
    const config = { ...simulator.config, ...configOf(simulator.config) };
    stack = await TestStack.open({ program: () => Promise.resolve(), usesPlugin: true, config });
  });
  afterEach(async () => {
    await stack.close();
    await simulator.close();
  });

  for (const [host, program] of Object.entries(programs)) {
    it(`the ${host} ends, even during a wait`, async () => {
      stack.use(program("1"));
      await stack.up();
      stack.use(program("2"));
      const running = assert.rejects(stack.up());
      while ((await rowsOf(simulator)).codes.length < 2) await sleep(50);
      const orphans = kill("cli");
      await running;
      assert.ok(orphans.length > 0);
      while (orphans.some(isAlive)) await sleep(50);
    });
  }
});
