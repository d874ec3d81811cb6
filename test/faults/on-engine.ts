/** Runs schedules on the real engine, with provider process, program and state file. */
import * as pulumi from "@pulumi/pulumi";
import type { ConfigMap, EngineEvent } from "@pulumi/pulumi/automation";
import * as apig from "../support/apig";
import { settingKeys } from "../../provider/settings/keys";
import type { Bag } from "../support/life";
import { TestStack } from "../support/stack";
import { StepFailed, type StackRunner, type Operation, type OperationResult, type Recorded } from "./stack-runner";
import { resolve, type Declared } from "./mini-engine";

/** The name that the program gave a resource. */
const nameOf = (urn: string) => urn.split("::").at(-1) ?? urn;

export class OnEngine implements StackRunner {
  #state: Promise<readonly Recorded[]> | undefined;

  private constructor(private readonly stack: TestStack) {}

  static async open(): Promise<OnEngine> {
    return new OnEngine(await TestStack.open({ program: () => Promise.resolve() }));
  }

  close(): Promise<void> {
    return this.stack.close();
  }

  /** Sets environment variables, because commands that change a stack's configuration take seconds. */
  configure(config: ConfigMap): Promise<void> {
    const { envVars } = this.stack.stack.workspace;
    for (const { key, environment } of settingKeys) envVars[environment] = config[key]?.value ?? "";
    // Here the waits are real.
    envVars["HW_MAX_RETRIES"] = "2";
    return Promise.resolve();
  }

  async run(operation: Operation, program: readonly Declared[]): Promise<OperationResult> {
    this.stack.use(() => {
      declare(program);
      return Promise.resolve();
    });
    const events: EngineEvent[] = [];
    this.#state = undefined;
    try {
      const { text, steps } = await this.stack[operation]({ onEvent: (event) => events.push(event) });
      const changed = steps.filter(({ op }) => op !== "same").map(({ op, urn }) => `${op} ${nameOf(urn)}`);
      return { changed, failures: [], printed: [text] };
    } catch (error) {
      const failures = failuresOf(operation, events);
      if (failures.length === 0 || !(error instanceof Error)) throw error;
      return { changed: [], failures, printed: [String(error.stack)] };
    }
  }

  state(): Promise<readonly Recorded[]> {
    return (this.#state ??= this.#export());
  }

  async #export(): Promise<readonly Recorded[]> {
    const exported: { deployment: unknown } = await this.stack.exportState();
    const { resources = [] } = exported.deployment as { resources?: readonly StateEntry[] };
    return resources
      .filter(({ type }) => /^(pulumi-nodejs|apig):/.test(type))
      .map(({ urn, id = "", inputs = {}, outputs = {}, initErrors = [], delete: pendingDelete = false }) => ({
        name: nameOf(urn),
        id,
        inputs: plain(inputs) as Bag,
        outputs: plain(outputs) as Bag,
        unfinished: initErrors.length > 0,
        pendingDelete,
      }));
  }
}

/** A resource in an exported state. */
interface StateEntry {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Bag;
  readonly outputs?: Bag;
  readonly initErrors?: readonly string[];
  readonly delete?: boolean;
}

/** Unwraps a secret of an exported state. It is wrapped as JSON. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if ("plaintext" in value) return JSON.parse(String(value.plaintext)) as unknown;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}

/** What the engine said about each resource that failed. */
function failuresOf(operation: Operation, events: readonly EngineEvent[]): StepFailed[] {
  const deletes = new Set<string>();
  const messages = new Map<string, string>();
  for (const { resOpFailedEvent, diagnosticEvent } of events) {
    if (resOpFailedEvent?.metadata.op.startsWith("delete")) deletes.add(resOpFailedEvent.metadata.urn);
    const { urn = "", severity, message = "" } = diagnosticEvent ?? {};
    if (severity !== "error" || !urn.includes("pulumi-nodejs:")) continue;
    messages.set(urn, (messages.get(urn) ?? "") + message.replaceAll(/<\{%.*?%\}>/g, ""));
  }
  return [...messages].map(
    ([urn, message]) => new StepFailed(operation, nameOf(urn), new Error(message), deletes.has(urn)),
  );
}

type Make = new (name: string, args: never) => pulumi.CustomResource;

const classes: Readonly<Record<Declared["type"], Make>> = apig;

/** Outputs that other resources refer to. */
const tellable = ["apis", "operations", "published", "appCode"];

/** The program: declares the resources, with references between them. */
function declare(program: readonly Declared[]): void {
  const made = new Map<string, pulumi.CustomResource>();
  for (const { name, type, inputs } of program) {
    const args = resolve(inputs, ({ of, pick, fromId }) => {
      const resource = made.get(of);
      if (!resource) throw new Error(`${name} needs ${of}, which comes later`);
      if (fromId) return resource.id.apply((id) => pick(id, {}));
      const outputs = Object.fromEntries(Object.entries(resource).filter(([key]) => tellable.includes(key)));
      return pulumi.all([resource.id, outputs]).apply(([id, known]) => pick(id, known));
    });
    // Here the waits are real.
    const further = type === "AppCode" ? { propagationSeconds: 0 } : {};
    made.set(name, new classes[type](name, { ...args, ...further } as never));
  }
}
