/** Whether what is documented of inputs is what is checked of them: the interface and the zod schema say the same. */
import { z } from "zod";
import type { InputRules } from "../../../lifecycle/validate";
import { referredBy, type NamedSpec, type ObjectSpec, type TypeSpec } from "./spec";

/** What zod writes of a schema; empty for what only code can check. */
interface Checked {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Checked>>;
  readonly required?: readonly string[];
  readonly items?: Checked;
  readonly additionalProperties?: Checked | boolean;
  readonly anyOf?: readonly Checked[];
}

/**
 * @param optional required inputs that may be left out, because the settings have them
 * @throws Error that names everything on which the two disagree
 */
export function demandAgreement(
  type: string,
  documented: ObjectSpec,
  { inputs, resolved }: InputRules,
  optional: readonly string[],
  named: ReadonlyMap<string, NamedSpec>,
): void {
  const all = z.toJSONSchema(inputs, { unrepresentable: "any", io: "input" }) as Checked;
  const properties = Object.entries(all.properties ?? {}).filter(([name]) => !resolved.includes(name));
  const required = (all.required ?? []).filter((name) => !resolved.includes(name) && !optional.includes(name));
  const checked = { properties: Object.fromEntries(properties), required };
  const problems = [...objectProblems(type, documented, checked, named)];
  if (problems.length > 0) throw new Error(`documentation and checks of inputs disagree:\n  ${problems.join("\n  ")}`);
}

type Named = ReadonlyMap<string, NamedSpec>;

function* objectProblems(at: string, spec: ObjectSpec, checked: Checked, named: Named): Generator<string> {
  yield* listProblems(`${at}: properties`, Object.keys(spec.properties), Object.keys(checked.properties ?? {}));
  yield* listProblems(`${at}: required`, spec.required, checked.required ?? []);
  for (const [name, property] of Object.entries(spec.properties)) {
    yield* problems(`${at}.${name}`, property, checked.properties?.[name] ?? {}, named);
  }
}

function* problems(
  at: string,
  spec: TypeSpec & { readonly const?: string },
  checked: Checked,
  named: Named,
): Generator<string> {
  if (Object.keys(checked).filter((key) => key !== "$schema").length === 0) return;
  const name = referredBy(spec);
  const type = name === undefined ? undefined : named.get(name);
  if (type !== undefined && "enum" in type) {
    const values = type.enum.map(({ value }) => value);
    yield* listProblems(`${at}: values`, values, checked.enum ?? []);
  } else if (type !== undefined) {
    yield* objectProblems(at, type, checked, named);
  } else if (spec.oneOf !== undefined) {
    const [of, by] = [spec.oneOf.length, checked.anyOf?.length ?? 0];
    if (of !== by) yield `${at}: documented as one of ${of} types, checked as one of ${by}`;
    for (const [index, each] of spec.oneOf.entries()) yield* problems(at, each, checked.anyOf?.[index] ?? {}, named);
  } else if (spec.const !== undefined) {
    if (checked.const !== spec.const) yield `${at}: documented as ${spec.const}, checked as ${String(checked.const)}`;
  } else {
    if (spec.type !== checked.type)
      yield `${at}: documented as ${String(spec.type)}, checked as ${String(checked.type)}`;
    if (spec.items) yield* problems(`${at}[]`, spec.items, checked.items ?? {}, named);
    const { additionalProperties: values } = checked;
    if (spec.additionalProperties && typeof values === "object") {
      yield* problems(`${at}.*`, spec.additionalProperties, values, named);
    }
  }
}

function* listProblems(at: string, documented: readonly string[], checked: readonly string[]): Generator<string> {
  const [only, missing] = [without(documented, checked), without(checked, documented)];
  if (only.length > 0) yield `${at}: ${only.join(", ")} only documented`;
  if (missing.length > 0) yield `${at}: ${missing.join(", ")} only checked`;
}

function without(all: readonly string[], others: readonly string[]): string[] {
  return all.filter((each) => !others.includes(each));
}
