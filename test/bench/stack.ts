import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { locateEngine } from "../engine/engine";
import { cleanEnvironment, quiet } from "../engine/environment";
import { callsDuring } from "../support/calls";
import type { TestSimulator } from "../simulator/open";
import { temporaryFolder } from "../support/temporary";
import { timed, type Taken } from "./command";
import type { Layout } from "./layout";
import type { Observation } from "./observer";
import type { Program } from "./programs/program";

/** What is measured. Each phase is a separate command, because `up` would also run a preview. */
export type Phase = "preview" | "up" | "refresh";

/** The measurement of one phase, without the processor time of the simulator. */
export interface Run extends Taken {
  /** The process that runs the handlers. All zero if the engine started none. */
  readonly provider: Observation;
  /** Calls that the simulator got, by operation. */
  readonly calls: Readonly<Record<string, number>>;
}

/** A resource in the state file. */
export interface StoredResource {
  readonly urn: string;
  readonly type: string;
}

export interface BenchStackOptions {
  readonly layout: Layout;
  readonly simulator: TestSimulator;
  readonly program: Program;
  /** How the package was installed. Default: packed. */
  readonly installed?: "packed" | "linked";
  /** Settings of the provider, as environment variables. Default: the simulator's, with a ready token. */
  readonly settings?: Readonly<Record<string, string>>;
}

const name = "bench";

/** A stack on the real engine with a file backend and a passphrase, run by the engine's own command. */
export class BenchStack {
  readonly #folder = temporaryFolder();
  readonly #observations = join(this.#folder.path, "observations");
  #program: Program;

  private constructor(
    private readonly options: BenchStackOptions,
    private readonly bin: string,
  ) {
    this.#program = options.program;
  }

  /** Makes a stack, runs `body` with it and removes it, also after an error. */
  static async use<T>(options: BenchStackOptions, body: (stack: BenchStack) => Promise<T>): Promise<T> {
    const engine = await locateEngine();
    if (Array.isArray(engine)) throw new Error("There is no Pulumi engine here yet: run `npm run engine` first.");
    const stack = new BenchStack(options, engine.bin);
    try {
      await stack.#engine(["stack", "init", name]);
      return await body(stack);
    } finally {
      stack.#folder.remove();
      rmSync(join(stack.#home, `Pulumi.${name}.yaml`), { force: true });
    }
  }

  /** Replaces the program of the next phases. */
  become(program: Program): void {
    this.#program = program;
  }

  /** @param settings more environment variables for this phase */
  async run(phase: Phase, settings: Readonly<Record<string, string>> = {}): Promise<Run> {
    rmSync(this.#observations, { recursive: true, force: true });
    mkdirSync(this.#observations);
    const quiet = ["--stack", name, "--suppress-progress", "--suppress-outputs"];
    const command = [phase, ...quiet, ...(phase === "preview" ? [] : ["--skip-preview", "--yes"])];
    let taken: Taken = { seconds: 0, cpu: 0 };
    const calls = await callsDuring(this.options.simulator.control, async () => {
      taken = await this.#engine(command, settings);
    });
    return { ...taken, provider: this.#observed(), calls };
  }

  /** Runs a phase with a V8 profile of the provider process. */
  async profile(phase: Phase): Promise<{ run: Run; profile: string }> {
    const run = await this.run(phase, { BENCH_PROFILE: "1" });
    const [profile] = this.#observationsOf(".cpuprofile");
    if (profile === undefined) throw new Error("The provider process left no profile.");
    return { run, profile };
  }

  /** The resources in the state file. Secrets are encrypted there. */
  stored(): StoredResource[] {
    const text = readFileSync(join(this.#folder.path, `.pulumi/stacks/${name}/${name}.json`), "utf8");
    const file = JSON.parse(text) as { checkpoint: { latest: { resources: StoredResource[] } } };
    return file.checkpoint.latest.resources;
  }

  /** The folder of the program. */
  get #home(): string {
    const { layout, installed = "packed" } = this.options;
    return layout[installed];
  }

  #observed(): Observation {
    const all = this.#observationsOf(".json").map((text) => JSON.parse(text) as Observation);
    return {
      memory: Math.max(0, ...all.map(({ memory }) => memory)),
      cpu: all.reduce((sum, { cpu }) => sum + cpu, 0),
    };
  }

  #observationsOf(ending: string): string[] {
    const files = readdirSync(this.#observations).filter((file) => file.endsWith(ending));
    return files.map((file) => readFileSync(join(this.#observations, file), "utf8"));
  }

  #engine(command: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Taken> {
    const { layout, simulator, settings = simulator.env } = this.options;
    const clean = cleanEnvironment(process.env);
    const env = {
      ...clean,
      ...settings,
      ...more,
      PATH: [this.bin, clean["PATH"]].join(delimiter),
      PULUMI_BACKEND_URL: `file://${this.#folder.path}`,
      PULUMI_HOME: join(this.#folder.path, "home"),
      PULUMI_CONFIG_PASSPHRASE: "bench",
      ...quiet,
      NODE_OPTIONS: `--require ${layout.observer}`,
      BENCH_OBSERVE: this.#observations,
      BENCH_PROGRAM: JSON.stringify(this.#program),
    };
    return timed(["pulumi", ...command, "--non-interactive"], { env, cwd: this.#home });
  }
}
