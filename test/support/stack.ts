import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  LocalWorkspace,
  PulumiCommand,
  Stack,
  type ConfigMap,
  type Deployment,
  type EngineEvent,
  type OpMap,
  type OpType,
  type OutputMap,
  type PulumiFn,
  type UpOptions,
} from "@pulumi/pulumi/automation";
import * as sdkSettings from "@pulumi/pulumi/runtime/settings";
import { locateEngine } from "../engine/engine";
import { compiledCode } from "../engine/compiled";
import { enterCleanEnvironment, quiet } from "../engine/environment";
import { temporaryFolder } from "./temporary";

export interface TestStackOptions {
  /** A closure, run in this process, or the folder of a program, run by the engine's language host. */
  readonly program: PulumiFn | string;
  /** Stack configuration: `{ "huaweicloud:token": { value: "...", secret: true } }`. */
  readonly config?: ConfigMap;
  /** Whether the program names resources by the tokens of the plugin. */
  readonly usesPlugin?: boolean;
  /** Environment of the engine and of everything it starts, on top of a clean one. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What the engine's command takes; see the Automation API's options of the same names. */
export interface OperationOptions {
  /** Shows every property that changes. */
  readonly diff?: boolean;
  /** Fails when anything would change. */
  readonly expectNoChanges?: boolean;
  /** Only these URNs. */
  readonly target?: string[];
  /** Replaces these URNs, whether they changed or not. */
  readonly replace?: string[];
  readonly refresh?: boolean;
  /** On destroy and refresh: runs the program, so that its explicit providers have today's inputs. */
  readonly runProgram?: boolean;
  readonly parallel?: number;
  /** After an error, goes on with what does not depend on it. */
  readonly continueOnError?: boolean;
  /** Told all that the engine tells, also when the operation fails in the end. */
  readonly onEvent?: (event: EngineEvent) => void;
}

export interface Outcome {
  /** How many resources had which fate, the stack's own resource among them: `{ create: 3, same: 1 }`. */
  readonly changes: Readonly<OpMap>;
  /** What was done to each resource, in order; a replacement has several steps. */
  readonly steps: readonly { readonly op: OpType; readonly urn: string }[];
  /** Everything the command printed, stdout and stderr, without colours. */
  readonly text: string;
}

/** What an operation hands to the Automation API to be watched and stopped. */
type Watch = Pick<UpOptions, "onOutput" | "onError" | "onEvent" | "signal" | "color">;

const repository = resolve(__dirname, "../..");

/**
 * A stack on the real engine, with a state backend, a passphrase, a `PULUMI_HOME` and a name of its own.
 *
 * Operations that fail throw an error whose message holds everything the command printed. What the program made in the
 * simulator is the test's business to destroy; processes and folders are cleaned up by `close`.
 */
export class TestStack {
  readonly #folder: ReturnType<typeof temporaryFolder>;
  /** Each `abort` event it gets makes the Automation API send one interrupt to the engine. */
  readonly #interrupt = new AbortController().signal;
  readonly #running = new Set<Promise<unknown>>();
  readonly #outputs: () => Promise<OutputMap>;

  private constructor(
    /** The Automation API's stack, for what has no method here. */
    readonly stack: Stack,
    folder: ReturnType<typeof temporaryFolder>,
  ) {
    this.#folder = folder;
    this.#outputs = stack.outputs.bind(stack);
    // What the Automation API would run three commands for after each operation: nearly no test looks at it.
    Object.assign(stack, { outputs: () => Promise.resolve({}), info: () => Promise.resolve(undefined) });
  }

  static async open(options: TestStackOptions): Promise<TestStack> {
    enterCleanEnvironment(); // the Automation API hands this process's environment on
    const pulumiCommand = await (command ??= useEngine());
    const folder = temporaryFolder();
    try {
      for (const name of ["project", "state", "home"]) mkdirSync(join(folder.path, name));
      const inline = typeof options.program === "function" ? { program: options.program } : {};
      const workspace = await LocalWorkspace.create({
        pulumiCommand,
        workDir: join(folder.path, "project"),
        pulumiHome: join(folder.path, "home"),
        // The program runs where `main` is, also a closure: from there the provider process finds packages by name.
        projectSettings: {
          name: "test",
          runtime: "nodejs",
          main: typeof options.program === "string" ? resolve(options.program) : repository,
          ...(options.usesPlugin && { plugins: { providers: [{ name: "apig", path: join(repository, "plugin") }] } }),
        },
        envVars: {
          PULUMI_BACKEND_URL: `file://${join(folder.path, "state")}`,
          PULUMI_CONFIG_PASSPHRASE: randomBytes(16).toString("hex"),
          ...quiet,
          ...(await compiledCode()),
          ...options.env,
        },
        ...inline,
      });
      const stack = await Stack.create(`test-${randomBytes(4).toString("hex")}`, workspace);
      if (options.config !== undefined) await stack.setAllConfig(options.config);
      return new TestStack(stack, folder);
    } catch (error) {
      folder.remove();
      throw error;
    }
  }

  /** Replaces the closure that the next operations run. */
  use(program: PulumiFn): void {
    this.stack.workspace.program = program;
  }

  up(options: OperationOptions = {}): Promise<Outcome> {
    return this.#operate((watch) => this.stack.up({ ...options, ...watch }), options);
  }

  /** An `up`, and the stack's outputs after it. */
  async upWithOutputs(options: OperationOptions = {}): Promise<Outcome & { readonly outputs: OutputMap }> {
    return { ...(await this.up(options)), outputs: await this.outputs() };
  }

  /** The stack's outputs: two commands of the engine. */
  outputs(): Promise<OutputMap> {
    return this.#outputs();
  }

  preview(options: OperationOptions = {}): Promise<Outcome> {
    return this.#operate((watch) => this.stack.preview({ ...options, ...watch }), options);
  }

  refresh(options: OperationOptions = {}): Promise<Outcome> {
    return this.#operate((watch) => this.stack.refresh({ ...options, ...watch }), options);
  }

  destroy(options: Omit<OperationOptions, "expectNoChanges"> = {}): Promise<Outcome> {
    return this.#operate((watch) => this.stack.destroy({ ...options, ...watch }), options);
  }

  /** The engine's command itself, for what the Automation API has no method for. A failure is told by its output only. */
  command(...args: string[]): Promise<{ readonly stdout: string; readonly stderr: string }> {
    const { workDir, envVars } = this.stack.workspace;
    const options = { cwd: workDir, env: { ...process.env, ...envVars }, maxBuffer: 1e8 };
    return new Promise((done) => {
      const all = [...args, "--stack", this.stack.name, "--non-interactive"];
      execFile("pulumi", all, options, (_error, stdout, stderr) => done({ stdout, stderr }));
    });
  }

  /** What Ctrl-C does. */
  interrupt(): void {
    this.#interrupt.dispatchEvent(new Event("abort"));
  }

  /** The state with secrets decrypted. */
  exportState(): Promise<Deployment> {
    return this.stack.exportStack();
  }

  /** Everything the state backend wrote to disk: state, history and backups. To look for secrets in clear. */
  async backendText(): Promise<string> {
    const files = await readdir(join(this.#folder.path, "state"), { recursive: true, withFileTypes: true });
    const texts = files
      .filter((file) => file.isFile())
      .map((file) => readFile(join(file.parentPath, file.name), "utf8"));
    return (await Promise.all(texts)).join("\n");
  }

  /** Stops what is still running and removes all folders. */
  async close(): Promise<void> {
    const stopped = Promise.allSettled(this.#running).then(() => true);
    do {
      // The engine waits for what is under way after the first interrupt, and no longer after the second.
      this.interrupt();
    } while (!(await Promise.race([stopped, sleep(500, false)])));
    this.#folder.remove();
  }

  async #operate(operation: (watch: Watch) => Promise<unknown>, { onEvent }: OperationOptions): Promise<Outcome> {
    let changes: OpMap = {};
    let text = "";
    const steps: { op: OpType; urn: string }[] = [];
    const running = operation({
      color: "never",
      signal: this.#interrupt,
      onOutput: (chunk) => (text += chunk),
      onError: (chunk) => (text += chunk),
      onEvent: (event) => {
        const { summaryEvent, resourcePreEvent } = event;
        onEvent?.(event);
        if (summaryEvent) changes = summaryEvent.resourceChanges;
        if (resourcePreEvent) steps.push({ op: resourcePreEvent.metadata.op, urn: resourcePreEvent.metadata.urn });
      },
    });
    this.#running.add(running);
    try {
      await running;
      return { changes, steps, text };
    } finally {
      this.#running.delete(running);
    }
  }
}

/** Runs `body` with a stack and closes that, whatever happens. */
export async function withStack<T>(options: TestStackOptions, body: (stack: TestStack) => Promise<T>): Promise<T> {
  const stack = await TestStack.open(options);
  try {
    return await body(stack);
  } finally {
    await stack.close();
  }
}

let command: Promise<PulumiCommand> | undefined;

/** Puts the engine first on this process's `PATH`, where the Automation API and the engine's own children look. */
async function useEngine(): Promise<PulumiCommand> {
  const engine = await locateEngine();
  if (Array.isArray(engine)) throw new Error("There is no Pulumi engine here yet: run `npm run engine` first.");
  process.env["PATH"] = [engine.bin, process.env["PATH"]].join(delimiter);
  keepEnginesApart();
  return PulumiCommand.get();
}

/**
 * Each engine listens on a port of its own, which one before it may have had. gRPC shares connections by address, so a
 * program in this process could meet the dead connection of that one; and the SDK takes a program whose calls fail like
 * that for one that declares nothing. Not among the SDK's types.
 */
function keepEnginesApart(): void {
  const { grpcClientOptions } = sdkSettings as unknown as { grpcClientOptions: Record<string, unknown> };
  grpcClientOptions["grpc.use_local_subchannel_pool"] = 1;
}
