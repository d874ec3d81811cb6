import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { withStack, TestStack } from "../support/stack";
import { temporaryFolder } from "../support/temporary";

const provider: pulumi.dynamic.ResourceProvider = {
  create: (inputs: object) => Promise.resolve({ id: "1", outs: { ...inputs } }),
  update: (_id: string, _olds: unknown, news: object) => Promise.resolve({ outs: { ...news } }),
};

class Thing extends pulumi.dynamic.Resource {
  constructor(name: string, value: pulumi.Input<string>) {
    super(provider, name, { value });
  }
}

const program = (value: pulumi.Input<string>) => (): Promise<object> => {
  new Thing("thing", value);
  return Promise.resolve({ region: new pulumi.Config("huaweicloud").get("region") });
};

describe("a test stack on the real engine", function () {
  this.timeout(60_000);

  it("previews and applies a program that is a function, shows no change, then a change, and destroys it", async () => {
    const config = { "huaweicloud:region": { value: "r1" } };
    await withStack({ program: program("one"), config }, async (stack) => {
      const preview = await stack.preview();
      assert.deepEqual(preview.changes, { create: 2 });
      const up = await stack.upWithOutputs();
      assert.deepEqual(up.changes, { create: 2 });
      assert.deepEqual(up.outputs, { region: { value: "r1", secret: false } });
      await stack.preview({ expectNoChanges: true });
      stack.use(program("two"));
      await assert.rejects(stack.preview({ expectNoChanges: true }), /no changes were expected/);
      assert.match((await stack.preview({ diff: true })).text, /~ value: "one" => "two"/);
      assert.deepEqual((await stack.refresh()).changes, { same: 2 });
      const { steps } = await stack.destroy();
      assert.deepEqual(
        steps.filter(({ urn }) => urn.endsWith("::thing")).map(({ op }) => op),
        ["delete"],
      );
    });
  });

  it("runs a program from its folder", async () => {
    const folder = temporaryFolder();
    try {
      writeFileSync(join(folder.path, "package.json"), JSON.stringify({ main: "index.js" }));
      writeFileSync(join(folder.path, "index.js"), "exports.place = process.cwd();");
      const installed = join(__dirname, "../../node_modules");
      await withStack({ program: folder.path, env: { NODE_PATH: installed } }, async (stack) => {
        assert.equal((await stack.upWithOutputs()).outputs["place"]?.value, folder.path);
      });
    } finally {
      folder.remove();
    }
  });

  it("keeps secrets out of the backend's files and in the exported state", async () => {
    await withStack({ program: program(pulumi.secret("hunter2")) }, async (stack) => {
      await stack.up();
      assert.equal((await stack.backendText()).includes("hunter2"), false);
      assert.ok(JSON.stringify(await stack.exportState()).includes("hunter2"));
    });
  });

  it("passes no environment variable of a real cloud on, only those that it is given", async () => {
    process.env["HW_ACCESS_KEY"] = "real";
    try {
      const show = (): Promise<object> => Promise.resolve({ key: process.env["HW_ACCESS_KEY"] ?? "none" });
      await withStack({ program: show }, async (stack) => {
        assert.equal((await stack.upWithOutputs()).outputs["key"]?.value, "none");
      });
    } finally {
      delete process.env["HW_ACCESS_KEY"];
    }
  });

  describe("closed while something hangs", () => {
    let folder: ReturnType<typeof temporaryFolder>;
    let marker: string;
    beforeEach(() => {
      folder = temporaryFolder();
      marker = join(folder.path, "pid");
    });
    afterEach(() => folder.remove());

    const until = async (condition: () => boolean): Promise<void> => {
      while (!condition()) await sleep(20);
    };
    const isGone = (pid: number): boolean => {
      try {
        process.kill(pid, 0);
        return false;
      } catch {
        return true;
      }
    };
    const close = async (program: PulumiFn): Promise<void> => {
      const stack = await TestStack.open({ program });
      const { workDir } = stack.stack.workspace;
      const stopped = assert.rejects(stack.up());
      await until(() => existsSync(marker));
      await stack.close();
      await stopped;
      assert.equal(existsSync(workDir), false);
    };

    it("ends a program that never ends", async () => {
      await close(() => {
        writeFileSync(marker, "");
        return new Promise(() => undefined);
      });
    });

    it("ends a provider that never answers", async () => {
      const file = marker;
      const hangs: pulumi.dynamic.ResourceProvider = {
        create: async () => {
          (await import("node:fs")).writeFileSync(file, String(process.pid));
          return new Promise(() => setInterval(() => undefined, 1000));
        },
      };
      class Hanging extends pulumi.dynamic.Resource {}
      await close(() => {
        new Hanging(hangs, "hanging", {});
        return Promise.resolve();
      });
      await until(() => isGone(Number(readFileSync(marker, "utf8"))));
    });
  });
});
