/** The command in this process, with what it says. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { adopt } from "../../../provider/cli/adopt";
import { readArguments } from "../../../provider/cli/arguments";
import type { TestSimulator } from "../../simulator/open";
import { temporaryFolder } from "../../support/temporary";

export interface Said {
  /** Standard output. */
  readonly printed: string;
  /** Standard error, by line. */
  readonly told: readonly string[];
}

/** @param args behind `adopt` */
export async function run({ env }: Pick<TestSimulator, "env">, ...args: readonly string[]): Promise<Said> {
  const asked = readArguments(["adopt", ...args]);
  if (asked.command !== "adopt") throw new Error("help is not run here");
  let printed = "";
  const told: string[] = [];
  await adopt(asked.options, env, { print: (text) => (printed += text), tell: (line) => told.push(line) });
  return { printed, told };
}

/** Runs it with a folder to write, and reads what it wrote there: texts by path. */
export async function written(
  simulator: Pick<TestSimulator, "env">,
  ...args: readonly string[]
): Promise<Said & { readonly files: ReadonlyMap<string, string> }> {
  const folder = temporaryFolder();
  try {
    const out = join(folder.path, "project");
    const said = await run(simulator, "--out", out, ...args);
    const found = readdirSync(out, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
    const files = found.map((each) => {
      const path = join(each.parentPath, each.name);
      return [path.slice(out.length + 1), readFileSync(path, "utf8")] as const;
    });
    return { ...said, files: new Map(files) };
  } finally {
    folder.remove();
  }
}

/** The definitions among them, by path. */
export function definitionsIn(files: ReadonlyMap<string, string>): [path: string, text: string][] {
  return [...files].filter(([path]) => path.startsWith("openapi"));
}

/** The only definition among them. */
export function definitionIn(files: ReadonlyMap<string, string>): string {
  const [[, text] = ["", ""], ...others] = definitionsIn(files);
  assert.deepEqual(others, []);
  return text;
}
