/** Runs `pulumi-apig adopt` as users do, and the project that it writes. */
import { execFile } from "node:child_process";
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ConfigMap } from "@pulumi/pulumi/automation";
import { parse } from "yaml";
import type { TestSimulator } from "../simulator/open";
import { TestStack } from "./stack";

const repository = resolve(__dirname, "../..");
export const command = join(repository, "dist/cli/main.js");

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as the build made it, with the settings of a simulator in its environment. */
export function runAdopt(simulator: Pick<TestSimulator, "env">, ...args: readonly string[]): Promise<Ran> {
  const env = { PATH: process.env["PATH"], ...simulator.env };
  return new Promise((done) => {
    execFile(process.execPath, [command, "adopt", ...args], { env }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

/** A stack of a project that the command wrote, with the config that it wrote, and credentials in the environment. */
export function openProject(project: string, simulator: TestSimulator): Promise<TestStack> {
  const modules = join(project, "node_modules");
  if (!existsSync(modules)) symlinkSync(join(repository, "node_modules"), modules);
  const { config } = parse(readFileSync(join(project, "Pulumi.main.yaml"), "utf8")) as { config: object };
  const { HW_AUTH_TOKEN = "", BKCI_ACCESS_TOKEN = "" } = simulator.env;
  const env = { HW_AUTH_TOKEN, BKCI_ACCESS_TOKEN };
  return TestStack.open({ program: project, isProject: true, config: valuesOf(config), env });
}

/** Objects as the engine takes them from a command. */
function valuesOf(config: object): ConfigMap {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]: [string, unknown]) => [
      key,
      { value: typeof value === "string" ? value : JSON.stringify(value) },
    ]),
  );
}

/** Operations that change nothing, though they are no GET. */
const looks = ["ExportApiDefinitionsV2"];

/** The names of the calls that may have changed something. */
export async function writesOf(simulator: TestSimulator, since = 0): Promise<string[]> {
  const calls = await simulator.control.journal(since);
  return calls.flatMap(({ method, operation }) => (method === "GET" || looks.includes(operation) ? [] : [operation]));
}
