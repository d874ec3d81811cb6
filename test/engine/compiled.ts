/** Compiled code for the many short processes of tests: a provider process needs a third of its time to compile the SDK. */
import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const repository = resolve(__dirname, "../..");
const folder = join(repository, "node_modules", ".cache", "pulumi-apig", "compiled");

/** The modules that every provider process loads. */
const load = ["@pulumi/pulumi", "@pulumi/pulumi/dynamic", "./dist/hosts/dynamic/handlers.js"]
  .map((name) => `require(${JSON.stringify(name)});`)
  .join("");

let filled: Promise<unknown> | undefined;

/** The variables that tell Node.js where compiled code is. Provider processes are killed, so they write none themselves. */
export async function compiledCode(): Promise<Readonly<Record<string, string>>> {
  const env = { NODE_COMPILE_CACHE: folder };
  filled ??= fill(env);
  await filled;
  return env;
}

/** Runs a process that ends by itself: at its end it writes the compiled code. */
function fill(env: Readonly<Record<string, string>>): Promise<unknown> {
  return promisify(execFile)(process.execPath, ["-e", load], { cwd: repository, env: { ...process.env, ...env } });
}
