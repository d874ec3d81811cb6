import type { ConfigMap } from "@pulumi/pulumi/automation";
import type { z } from "zod";
import type { bodies } from "./control/bodies";
import type { Entry } from "./core/journal";
import { startSimulator, type Info, type Settings, type Simulator } from "./core/simulator";

/** A simulator in this process, its test interface, and the settings for a program that uses it. */
export interface TestSimulator extends Simulator {
  readonly control: Control;
  /** Stack configuration of a program that uses it. */
  readonly config: ConfigMap;
  /** The same as environment variables. */
  readonly env: Record<string, string>;
}

/** Starts a simulator on free ports of 127.0.0.1. The caller closes it. */
export async function openSimulator(settings: Settings = {}): Promise<TestSimulator> {
  const simulator = await startSimulator(settings);
  const { info } = simulator;
  return {
    ...simulator,
    control: new Control(info.control),
    config: configFor(info),
    env: environmentFor(info),
  };
}

type Body<Name extends keyof typeof bodies> = z.input<(typeof bodies)[Name]>;

/** Prepares a simulator and reads its state. The simulator's README describes the bodies. */
export class Control {
  constructor(private readonly url: string) {}

  /** Resets everything except projects, users and keys. */
  reset(): Promise<unknown> {
    return this.#call("POST", "reset");
  }

  /** Puts objects into the stores and returns what it made. */
  seed(body: Body<"seed">): Promise<unknown> {
    return this.#call("POST", "seed", body);
  }

  faults(body: Body<"faults">): Promise<unknown> {
    return this.#call("POST", "faults", body);
  }

  latency(body: Body<"latency">): Promise<unknown> {
    return this.#call("POST", "latency", body);
  }

  clock(body: Body<"clock">): Promise<unknown> {
    return this.#call("POST", "clock", body);
  }

  quotas(body: Body<"quotas">): Promise<unknown> {
    return this.#call("POST", "quotas", body);
  }

  options(body: Body<"options">): Promise<unknown> {
    return this.#call("POST", "options", body);
  }

  /** The calls after the n-th one. */
  async journal(since = 0): Promise<Entry[]> {
    return (await this.#call("GET", `journal?since=${since}`)) as Entry[];
  }

  /** Everything in the simulator, one property for each service. */
  async state(): Promise<Record<string, unknown>> {
    return (await this.#call("GET", "state")) as Record<string, unknown>;
  }

  async #call(method: "GET" | "POST", path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.url}/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`control ${path} answered ${response.status}: ${text}`);
    return JSON.parse(text);
  }
}

/** Name of the region of the simulator's first project. */
const region = "sim-north-1";

interface Row {
  readonly key: string;
  readonly variable: string;
  readonly value: string;
  readonly secret?: true;
}

/** Settings with a ready token. Tests of other credentials have their own settings. */
function rows(info: Info): Row[] {
  const endpoints = JSON.stringify({ apig: info.apig, kms: info.kms, iam: info.iam });
  return [
    { key: "huaweicloud:region", variable: "HW_REGION_NAME", value: region },
    { key: "huaweicloud:projectId", variable: "HW_PROJECT_ID", value: info.projectId },
    { key: "huaweicloud:token", variable: "HW_AUTH_TOKEN", value: info.token, secret: true },
    { key: "huaweicloud:instanceId", variable: "HW_APIG_INSTANCE_ID", value: info.instanceId },
    { key: "huaweicloud:endpoints", variable: "HW_ENDPOINTS", value: endpoints },
    { key: "bkci:endpoint", variable: "BKCI_ENDPOINT", value: info.bkci },
    { key: "bkci:accessToken", variable: "BKCI_ACCESS_TOKEN", value: info.bkciAccessToken, secret: true },
    { key: "bkci:projectId", variable: "BKCI_PROJECT_ID", value: info.bkciProjectId },
  ];
}

/** Stack configuration for the simulator's first project and instance, secrets marked. */
export function configFor(info: Info): ConfigMap {
  return Object.fromEntries(rows(info).map(({ key, value, secret }) => [key, { value, secret: secret ?? false }]));
}

/** The same settings as environment variables. */
export function environmentFor(info: Info): Record<string, string> {
  return Object.fromEntries(rows(info).map(({ variable, value }) => [variable, value]));
}
