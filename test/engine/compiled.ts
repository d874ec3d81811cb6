/** Compiled code for the many short-lived processes of tests: a third of what a provider process does is compiling the SDK. */
import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const repository = resolve(__dirname, "../..");
const folder = join(repository, "node_modules", ".cache", "pulumi-apig", "compiled");

/** What every provider process loads. */
const load = ["@pulumi/pulumi", "@pulumi/pulumi/dynamic", "./dist/hosts/dynamic/handlers.js"]
  .map((name) => `require(${JSON.stringify(name)});`)
  .join("");

let filled: Promise<unknown> | undefined;

/** What tells Node.js where compiled code is. Provider processes are killed, so that they would never write any. */
export async function compiledCode(): Promise<Readonly<Record<string, string>>> {
  const env = { NODE_COMPILE_CACHE: folder };
  filled ??= fill(env);
  await filled;
  return env;
}

/** A process that ends by itself writes what it compiled. */
function fill(env: Readonly<Record<string, string>>): Promise<unknown> {
  return promisify(execFile)(process.execPath, ["-e", load], { cwd: repository, env: { ...process.env, ...env } });
}
