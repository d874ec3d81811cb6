import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { engineVersion, programs } from "../../engine/find";

/** Writes shell scripts in place of the engine's programs; `pulumi version` prints `version`. */
export function writeFakeEngine(bin: string, version = engineVersion, names: readonly string[] = programs): void {
  mkdirSync(bin, { recursive: true });
  for (const name of names) writeScript(join(bin, name), `echo v${version}`);
}

export function writeScript(file: string, body: string): void {
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
}
