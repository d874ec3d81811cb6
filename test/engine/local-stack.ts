import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { basename, delimiter, join } from "node:path";
import type { Engine } from "./engine";
import { cleanEnvironment, quiet } from "./environment";
import { Foreground } from "./foreground";
import type { Log } from "./run";

export interface LocalStackOptions {
  readonly engine: Engine;
  /** Folder with everything that must stay after a run. Only this process may use it meanwhile. */
  readonly home: string;
  /** Folder of the program; nothing is written there. */
  readonly program: string;
  /** Settings of the program, on top of a clean environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Gets each command before it runs. */
  readonly log: Log;
}

/** A stack that stays after its process, in a folder on this machine, with the engine's output on the terminal. */
export interface LocalStack {
  /** Runs one command of the engine. */
  pulumi(...args: string[]): Promise<void>;
  /** The stack's outputs, secret ones too. */
  outputs(): Promise<Record<string, unknown>>;
  /** Removes the destroyed stack and its files. */
  remove(): Promise<void>;
}

const name = "local";

/** Folders of the project's file, the state backend and the engine's home. The passphrase is next to them. */
const folders = ["project", "state", "home"] as const;

/** Opens a stack with its own project, passphrase and state backend: the program's folder and the user's home do not change. */
export async function openLocalStack({ engine, home, program, env, log }: LocalStackOptions): Promise<LocalStack> {
  const [project, state, engineHome] = folders.map((folder) => join(home, folder)) as [string, string, string];
  for (const folder of folders) await mkdir(join(home, folder), { recursive: true, mode: 0o700 });
  await writeFile(
    join(project, "Pulumi.yaml"),
    JSON.stringify({ name: basename(program), runtime: "nodejs", main: program }),
  );
  const passphrase = join(home, "passphrase");
  if (!existsSync(passphrase)) await writeFile(passphrase, randomBytes(32).toString("hex"), { mode: 0o600 });

  const clean = cleanEnvironment(process.env);
  const terminal = new Foreground("pulumi", {
    cwd: project,
    env: {
      ...clean,
      ...env,
      ...quiet,
      PATH: [engine.bin, clean["PATH"]].join(delimiter),
      PULUMI_HOME: engineHome,
      PULUMI_BACKEND_URL: `file://${state}`,
      PULUMI_CONFIG_PASSPHRASE_FILE: passphrase,
    },
  });
  const pulumi = (...args: string[]): Promise<void> => {
    log(`\n$ pulumi ${args.join(" ")}`);
    return terminal.run(args);
  };
  await pulumi("stack", "select", "--create", name);
  // Only this process uses the folder, so a lock in the backend is from a run that was killed.
  const locks = await readdir(join(state, ".pulumi", "locks"), { recursive: true }).catch(() => []);
  if (locks.some((file) => file.endsWith(".json"))) await pulumi("cancel", "--yes");
  return {
    pulumi,
    async outputs() {
      const text = await terminal.answer(["stack", "output", "--json", "--show-secrets"]);
      return JSON.parse(text) as Record<string, unknown>;
    },
    async remove() {
      await pulumi("stack", "rm", "--yes", name);
      for (const path of [project, state, engineHome, passphrase]) await rm(path, { recursive: true, force: true });
    },
  };
}
