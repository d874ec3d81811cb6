/** What a preview plans for resources of this package, one entry for each resource. */
import { isDeepStrictEqual } from "node:util";
import { resourceTypes } from "../../resources/all";
import type { Preview, Properties, Step } from "./preview";

export type TypeName = keyof typeof resourceTypes;

export type Deed = "added" | "changed" | "replaced" | "removed";

export interface Change {
  readonly type: TypeName;
  readonly name: string;
  readonly deed: Deed;
  /** Empty where there was nothing. */
  readonly before: Properties;
  /** Empty where nothing will be. */
  readonly after: Properties;
  /** Names of the inputs that differ. */
  readonly reasons: readonly string[];
}

/** What each operation of the engine does in the end. A replacement has several steps. */
const deeds: Readonly<Record<string, Deed>> = {
  create: "added",
  import: "added",
  update: "changed",
  replace: "replaced",
  "create-replacement": "replaced",
  "import-replacement": "replaced",
  delete: "removed",
};

export function changesIn({ steps }: Preview): Change[] {
  const changes = new Map<string, Change>();
  for (const step of steps ?? []) {
    const type = typeOf(step.urn);
    const deed = deeds[step.op];
    if (type === undefined || deed === undefined) continue;
    const earlier = changes.get(step.urn);
    const before = { ...earlier?.before, ...recorded(step) };
    const after = { ...earlier?.after, ...(deed === "removed" ? {} : step.newState?.inputs) };
    const reasons = [...(earlier?.reasons ?? []), ...reasonsOf(step)];
    changes.set(step.urn, { type, name: nameOf(step.urn), deed, before, after, reasons: [...new Set(reasons)] });
  }
  return [...changes.values()];
}

/** How many resources of others change: a report says nothing else of them. */
export function countOthers({ steps }: Preview): number {
  const others = (steps ?? []).filter(
    ({ op, urn }) =>
      op in deeds && typeOf(urn) === undefined && !/^pulumi:(?:pulumi:Stack$|providers:)/.test(token(urn)),
  );
  return new Set(others.map(({ urn }) => urn)).size;
}

/** The type, if it is one of this package, by either of its hosts. */
export function typeOf(urn: string): TypeName | undefined {
  const [, name = ""] = /^(?:pulumi-nodejs:dynamic\/apig|apig:index):(\w+)$/.exec(token(urn)) ?? [];
  return Object.hasOwn(resourceTypes, name) ? (name as TypeName) : undefined;
}

/** Of the stack. */
export function stackOf({ steps }: Preview): string | undefined {
  return /^urn:pulumi:(.+?)::/.exec(steps?.[0]?.urn ?? "")?.[1];
}

/** `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME`, where a name may hold any character. */
function token(urn: string): string {
  return (urn.split("::")[2] ?? "").split("$").at(-1) ?? "";
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** The engine names reasons only if the provider does, and the dynamic one does not. Secrets it masks: they look equal. */
function reasonsOf(step: Step): string[] {
  const { oldState, newState, diffReasons, replaceReasons } = step;
  const [before, after] = [recorded(step), newState?.inputs ?? {}];
  const names = Object.keys({ ...oldState?.inputs, ...after });
  const different = names.filter((name) => !isDeepStrictEqual(before[name], after[name]));
  return [...(diffReasons ?? []), ...(replaceReasons ?? []), ...different];
}

/** A refresh records in the outputs what others changed. */
function recorded({ oldState }: Step): Properties {
  return { ...oldState?.inputs, ...oldState?.outputs };
}
