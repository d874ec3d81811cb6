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
  type LocalWorkspaceOptions,
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
import { configOf, servedByPlugin } from "./plugin";
import { temporaryFolder } from "./temporary";

export interface TestStackOptions {
  /** A closure, run in this process, or the folder of a program, run by the engine's language host. */
  readonly program: PulumiFn | string;
  /** Stack configuration: `{ "huaweicloud:token": { value: "...", secret: true } }`. */
  readonly config?: ConfigMap;
  /** Whether the program names resources by the tokens of the plugin. */
  readonly usesPlugin?: boolean;
  /**
   * Whether the project is the `Pulumi.yaml` in the folder of the program, which names the language and the plugins.
   * Stack configuration is written beside it, so the folder has to be a copy.
   */
  readonly isProject?: boolean;
  /** Environment of the engine and of everything it starts, on top of a clean one. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Options of the engine's command; see the Automation API's options of the same names. */
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
  /** Gets all events of the engine, also if the operation fails. */
  readonly onEvent?: (event: EngineEvent) => void;
}

export interface Outcome {
  /** How many resources were created, changed and so on, including the stack's own resource: `{ create: 3, same: 1 }`. */
  readonly changes: Readonly<OpMap>;
  /** What was done to each resource, in order; a replacement has several steps. */
  readonly steps: readonly { readonly op: OpType; readonly urn: string }[];
  /** Everything the command printed, stdout and stderr, without colours. */
  readonly text: string;
}

/** What an operation gives to the Automation API, so that it can be watched and stopped. */
type Watch = Pick<UpOptions, "onOutput" | "onError" | "onEvent" | "signal" | "color">;

const repository = resolve(__dirname, "../..");

/**
 * A stack on the real engine, with its own state backend, passphrase, `PULUMI_HOME` and name.
 *
 * Operations that fail throw an error. Its message has everything that the command printed. The test must destroy what
 * the program made in the simulator; `close` ends processes and removes folders.
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
    // The Automation API would run three commands for these after each operation, but few tests need them.
    Object.assign(stack, { outputs: () => Promise.resolve({}), info: () => Promise.resolve(undefined) });
  }

  static async open(options: TestStackOptions): Promise<TestStack> {
    enterCleanEnvironment(); // the Automation API gives this process's environment to the engine
    const pulumiCommand = await (command ??= useEngine());
    const folder = temporaryFolder();
    try {
      for (const name of ["project", "state", "home"]) mkdirSync(join(folder.path, name));
      const inline = typeof options.program === "function" ? { program: options.program } : {};
      const workspace = await LocalWorkspace.create({
        pulumiCommand,
        pulumiHome: join(folder.path, "home"),
        ...projectOf(options, join(folder.path, "project")),
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
      const { config } = options;
      // The settings under the names of both hosts: some programs use one resource of the other.
      if (config !== undefined) await stack.setAllConfig(servedByPlugin ? { ...config, ...configOf(config) } : config);
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

  /** Runs a command for which the Automation API has no method. A failure shows only in its output. */
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

  /** Everything that the state backend wrote to disk: state, history and backups. To search for unmasked secrets. */
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
      // After the first interrupt the engine waits for running operations, after the second it does not.
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

/** Runs `body` with a stack, and closes the stack also after an error. */
export async function withStack<T>(options: TestStackOptions, body: (stack: TestStack) => Promise<T>): Promise<T> {
  const stack = await TestStack.open(options);
  try {
    return await body(stack);
  } finally {
    await stack.close();
  }
}

/** @param workDir for a program that has no project of its own */
function projectOf({ program, usesPlugin, isProject }: TestStackOptions, workDir: string): LocalWorkspaceOptions {
  const main = typeof program === "string" ? resolve(program) : repository;
  if (isProject) return { workDir: main };
  const plugins = { providers: [{ name: "apig", path: join(repository, "plugin") }] };
  // The program runs in the folder of `main`, also if it is a closure: the provider process finds packages from there.
  return {
    workDir,
    projectSettings: { name: "test", runtime: "nodejs", main, ...((usesPlugin ?? servedByPlugin) && { plugins }) },
  };
}

let command: Promise<PulumiCommand> | undefined;

/** Puts the engine first on this process's `PATH`, because the Automation API and the engine's child processes search there. */
async function useEngine(): Promise<PulumiCommand> {
  const engine = await locateEngine();
  if (Array.isArray(engine)) throw new Error("There is no Pulumi engine here yet: run `npm run engine` first.");
  process.env["PATH"] = [engine.bin, process.env["PATH"]].join(delimiter);
  keepEnginesApart();
  return PulumiCommand.get();
}

/**
 * Each engine listens on its own port, which an earlier engine may have had. gRPC shares connections by address, so a
 * program in this process could get the dead connection of the earlier one. The SDK would then treat the program as one
 * that declares nothing. The option is not in the SDK's types.
 */
function keepEnginesApart(): void {
  const { grpcClientOptions } = sdkSettings as unknown as { grpcClientOptions: Record<string, unknown> };
  grpcClientOptions["grpc.use_local_subchannel_pool"] = 1;
}
