/** Sends operations in an import, and records what happened to each. */
import type { ListedApi } from "../../clients/apig/apis";
import { importDefinition, type ImportForm, type ImportMode, type ImportResult } from "../../clients/apig/imports";
import type { Instance } from "../../clients/apig/instance";
import { authText, writeDocument, type Operation } from "../../definition";
import type { Document } from "./document";
import type { Fingerprints, Progress } from "./progress";
import { describeApi, keyOf, placeFor, placeOf } from "./view";

/** Modes of the import form that the user chose. */
export interface ImportModes {
  readonly extendMode: ImportMode;
  readonly apiMode: ImportMode;
  readonly simpleMode: boolean;
  readonly mockMode: boolean;
}

/**
 * Operations that were not imported, with the reason. The key is a number if the service does not name the operation.
 */
export type Refused = ReadonlyMap<string, string>;

/** Sends one import of these operations, with the names that they have here. */
export function send(
  instance: Instance,
  document: Document,
  operations: readonly Operation[],
  form: Omit<ImportForm, "definition">,
): Promise<ImportResult> {
  return importDefinition(instance, { ...form, definition: writeDocument(document, operations) });
}

/**
 * Records the answer to an import, which must mention every operation.
 *
 * @param fingerprints of the operations that are settled by it
 * @param listed the APIs of the group before the import
 * @returns the operations that were refused
 */
export function absorb(
  progress: Progress,
  fingerprints: Fingerprints,
  operations: readonly Operation[],
  listed: readonly ListedApi[],
  result: ImportResult,
): Refused {
  const open = new Map(operations.map((operation) => [operation.key, operation]));
  const refused = new Map<string, string>();
  for (const { id, method, path, action } of result.success) {
    const key = keyFrom(method, path);
    const operation = open.get(key);
    const said = operation === undefined ? "" : authText(operation.authentication);
    const own = { id, method: method.toUpperCase(), path, action: action ?? "create", authentication: said };
    progress.own(key, { ...own, name: operation?.name ?? "" }, fingerprints[key]);
    open.delete(key);
  }
  const strangers = progress.strangers(listed);
  for (const { method, path } of result.ignore) {
    const key = keyFrom(method, path);
    const operation = open.get(key);
    // Settled until it changes or its obstacle is gone. Else every update would try it again.
    if (operation) progress.ignore(key, fingerprints[key] ?? "", obstacleOf(operation, strangers));
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

function obstacleOf(operation: Operation, strangers: readonly ListedApi[]): string {
  const inPlace = strangers.find((api) => placeOf(api) === placeFor(operation));
  const obstacle = inPlace ?? strangers.find((api) => api.name === operation.name || keyOf(api) === operation.key);
  return obstacle === undefined ? "" : describeApi(obstacle);
}

function keyFrom(method: string, path: string): string {
  return `${method.toUpperCase()} ${path}`;
}
