/** A killed engine does not end its processes. Provider processes notice that it is gone, and end by themselves. */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, kill } from "../faults/processes";
import { rowsOf } from "../faults/rows";
import { dynamicClasses, pluginClasses, type Classes } from "../support/classes";
import { openServed, type Served } from "../support/served";

/** An app with a code. After a rotation, the new code is handed on only after ten minutes. */
const program = (apig: Classes, quarter: string) => () => {
  const { appId } = new apig.App("app", { name: "shop_web" });
  new apig.AppCode("code", { appId, rotate: { quarter }, propagationSeconds: 600 });
  return Promise.resolve();
};

describe("After a kill of the engine", function () {
  this.timeout(120_000);
  let served: Served;

  beforeEach(async () => {
    served = await openServed();
  });
  afterEach(() => served.close());

  for (const [host, classes] of [
    ["dynamic provider", dynamicClasses],
    ["plugin", pluginClasses],
  ] as const) {
    it(`the ${host} ends, even during a wait`, async () => {
      const { stack, simulator } = served;
      stack.use(program(classes, "1"));
      await stack.up();
      stack.use(program(classes, "2"));
      const running = assert.rejects(stack.up());
      while ((await rowsOf(simulator)).codes.length < 2) await sleep(50);
      const orphans = kill("cli");
      await running;
      assert.ok(orphans.length > 0);
      while (orphans.some(isAlive)) await sleep(50);
    });
  }
});
