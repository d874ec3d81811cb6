/** The SDKs of other languages, as generators make them of the plugin's schema. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { goSettings } from "../engine/build";
import { run } from "../engine/run";
import { temporaryFolder } from "./temporary";

const root = resolve(__dirname, "../..");

/** The text of each SDK, all its files one after the other. */
export interface Sdks {
  readonly go: string;
  readonly nodejs: string;
  readonly python: string;
}

/**
 * Generates them with the engine's own generators, a Go program in the module that the engine is built from: the first time
 * it is compiled, which takes seconds where the engine was built.
 */
export async function generateSdks(): Promise<Sdks> {
  const folder = temporaryFolder();
  try {
    const schema = join(root, "dist/hosts/plugin/schema.json");
    await run("go", ["run", "-mod=readonly", "-buildvcs=false", "./sdks", schema, folder.path], {
      env: { ...process.env, ...goSettings },
      cwd: join(root, "test/engine/cli"),
      timeout: 10 * 60_000,
    });
    const text = (language: keyof Sdks): string => textIn(join(folder.path, language));
    return { go: text("go"), nodejs: text("nodejs"), python: text("python") };
  } finally {
    folder.remove();
  }
}

function textIn(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8")).join("\n");
}
