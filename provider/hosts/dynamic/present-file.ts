import { statSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";

/**
 * A file asset, once its file is found; any other value as it is. Without the file the engine refuses the resource before
 * any provider sees it, and the SDK shows that with a stack trace.
 *
 * The promise is rejected with a RunError: the program ends with its message, to which the SDK adds the property's name.
 */
export function presentFile<Value>(value: Value): Value | Promise<Value> {
  return value instanceof pulumi.asset.FileAsset ? once(value, value.path) : value;
}

async function once<Value>(value: Value, given: string | Promise<string>): Promise<Value> {
  const path = await given;
  const problem = problemOf(path);
  if (problem === undefined) return value;
  throw new pulumi.RunError(`cannot read ${path}: ${problem}; paths start at the folder of the program`);
}

function problemOf(path: string): string | undefined {
  try {
    return statSync(path).isFile() ? undefined : "it is a folder, or no ordinary file";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOENT" ? "there is no such file" : code;
  }
}
