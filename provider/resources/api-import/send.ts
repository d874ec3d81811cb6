/** Sends operations of a definition in as many imports as it takes, and records what became of each. */
import { importDefinition, type ImportForm, type ImportMode, type ImportResult } from "../../clients/apig/imports";
import type { Instance } from "../../clients/apig/instance";
import { MAX_OPERATIONS, subset, type Operation } from "../../openapi";
import type { Document } from "./document";
import type { Progress } from "./progress";

/** The modes of the import form that the user chose. */
export interface ImportModes {
  readonly extendMode: ImportMode;
  readonly simpleMode: boolean;
  readonly mockMode: boolean;
}

/** Operations that were not imported: key, or a number where the service names none, to the reason. */
export type Refused = ReadonlyMap<string, string>;

/** Splits operations into what one import takes. */
export function inBatches(operations: readonly Operation[]): (readonly Operation[])[] {
  const batches: (readonly Operation[])[] = [];
  for (let at = 0; at < operations.length; at += MAX_OPERATIONS)
    batches.push(operations.slice(at, at + MAX_OPERATIONS));
  return batches;
}

/** One import of these operations. */
export function send(
  instance: Instance,
  document: Document,
  operations: readonly Operation[],
  form: Omit<ImportForm, "definition">,
): Promise<ImportResult> {
  const definition = subset(document.definition, new Set(operations.map(({ key }) => key)));
  return importDefinition(instance, { ...form, definition });
}

/** Records the answer to an import. Every operation must be in it; those that were refused are answered. */
export function absorb(
  progress: Progress,
  document: Document,
  operations: readonly Operation[],
  result: ImportResult,
): Refused {
  const open = new Map(operations.map((operation) => [operation.key, operation]));
  const refused = new Map<string, string>();
  for (const { id, method, path, action } of result.success) {
    const key = keyFrom(method, path);
    const name = open.get(key)?.name ?? "";
    progress.own(
      key,
      { id, method: method.toUpperCase(), path, action: action ?? "create", name },
      document.operations[key],
    );
    open.delete(key);
  }
  for (const { method, path } of result.ignore) {
    const key = keyFrom(method, path);
    const fingerprint = document.operations[key];
    // Settled until it changes: otherwise each up would try again and never come to rest.
    if (fingerprint !== undefined) progress.operations.set(key, fingerprint);
    progress.ignored.add(key);
    open.delete(key);
  }
  for (const { method, path, error_code, error_msg } of result.failure) {
    const key = method && path ? keyFrom(method, path) : `operation ${refused.size + 1}`;
    const reason = (error_msg ?? "refused without a reason").replace(/\.$/, "");
    refused.set(key, error_code ? `${reason} (${error_code})` : reason);
    open.delete(key);
  }
  for (const key of open.keys()) refused.set(key, "the service's answer does not mention it");
  return refused;
}

function keyFrom(method: string, path: string): string {
  return `${method.toUpperCase()} ${path}`;
}
