/** What holds of the dynamic provider holds of the plugin: specs of both, once more with `HOST=plugin`. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = resolve(__dirname, "../../..");

/** Under `test/`. They ask for nothing that only one of the hosts has, such as its words in what the engine prints. */
const specs = [
  "lifecycle/delivery",
  "lifecycle/retries",
  "lifecycle/secret-tag-query",
  "lifecycle/hostile-answers",
  "faults/on-engine",
];

interface Test {
  readonly file: string;
  readonly fullTitle: string;
  readonly err: { readonly message?: string };
}

describe("With the plugin in place of the dynamic provider", function () {
  this.timeout(900_000);
  let report: { readonly passes: readonly Test[]; readonly failures: readonly Test[] };

  // All in one process: each would compile the tests anew.
  before(async () => {
    const mocha = resolve(require.resolve("mocha/package.json"), "../bin/mocha.js");
    const options = ["--no-config", "--require", "ts-node/register/transpile-only", "--reporter", "json"];
    const files = specs.map((spec) => `test/${spec}.spec.ts`);
    const env = { ...process.env, HOST: "plugin", ENGINE_SCHEDULES: "1" };
    const args = [mocha, ...options, "--timeout", "240000", ...files];
    const { stdout } = await run(process.execPath, args, { cwd: root, env, maxBuffer: 1e8 }).catch(
      (error: unknown) => error as { stdout: string },
    );
    report = JSON.parse(stdout.slice(stdout.indexOf("{\n"))) as typeof report;
  });

  for (const spec of specs) {
    it(`${spec} passes`, () => {
      const of = ({ file }: Test) => file === resolve(root, `test/${spec}.spec.ts`);
      assert.deepEqual(
        report.failures.filter(of).map(({ fullTitle, err }) => `${fullTitle}: ${err.message ?? ""}`),
        [],
      );
      assert.ok(report.passes.some(of));
    });
  }
});
