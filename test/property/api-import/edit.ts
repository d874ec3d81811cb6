import { keyOf, type Spec } from "../../support/definitions";
import type { Edit } from "./steps";

/** The definition after an edit. If the edit would make it invalid, it is unchanged. */
export function edited(document: readonly Spec[], edit: Edit): readonly Spec[] {
  const result = attempt(document, edit);
  const valid = result.every((one, index) => fits(result.slice(0, index), one));
  return valid && result.length > 0 ? result : document;
}

/** Whether an operation clashes with no operation of a definition. */
export function fits(document: readonly Spec[], operation: Spec): boolean {
  return document.every(
    (other) => keyOf(other) !== keyOf(operation) && (operation.name === undefined || other.name !== operation.name),
  );
}

function attempt(document: readonly Spec[], edit: Edit): readonly Spec[] {
  if (edit.kind === "add") return [...document, edit.operation];
  const index = edit.pick % document.length;
  if (edit.kind === "remove") return document.toSpliced(index, 1);
  if (edit.kind === "swap names") return swapped(document, index, edit.other % document.length);
  return document.map((one, at) => (at === index ? changed(one, edit) : one));
}

function changed(operation: Spec, edit: Exclude<Edit, { kind: "add" | "remove" | "swap names" }>): Spec {
  switch (edit.kind) {
    case "change":
      return { ...operation, ...edit.content };
    case "rename":
      return { ...operation, name: edit.name };
    case "move":
      return { ...operation, path: edit.path };
    case "match otherwise":
      return { ...operation, prefix: operation.prefix !== true };
  }
}

function swapped(document: readonly Spec[], one: number, other: number): readonly Spec[] {
  const names = new Map([
    [one, document[other]?.name],
    [other, document[one]?.name],
  ]);
  return document.map((operation, at) => (names.has(at) ? { ...operation, name: names.get(at) } : operation));
}
