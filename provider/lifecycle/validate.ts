import type { z } from "zod";
import type { Properties } from "./properties";
import { containsUnknown } from "./unknown";

/** Why an input is refused. If `property` is empty, it is a failure of the whole resource. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/**
 * What {@link validate} needs to know of a resource type.
 *
 * @internal
 */
export interface InputRules {
  readonly inputs: z.ZodObject;
  readonly resolved: readonly string[];
  readonly secrets: readonly string[];
  /** Inputs that are no secrets, and too long to be printed with what is wrong with them. */
  readonly unprinted?: readonly string[];
}

/**
 * Checks each known property against its schema, and refuses properties that do not exist.
 *
 * @internal
 */
export function validate(rules: InputRules, given: Properties, defaults: Properties): CheckFailure[] {
  const settable = Object.keys(rules.inputs.shape).filter((key) => !rules.resolved.includes(key));
  const unexpected = Object.keys(given)
    .filter((key) => !settable.includes(key))
    // Without naming it as the property, whose value would be printed: it may be a secret with its name misspelt.
    .map((key) => ({ property: "", reason: `${key}: no such property; there are ${settable.join(", ")}` }));

  const all = { ...defaults, ...given };
  const wrong = Object.entries(rules.inputs.shape).flatMap(([key, schema]) => {
    const value = all[key];
    if (containsUnknown(value)) return [];
    const result = (schema as z.ZodType).safeParse(value);
    if (result.success) return [];
    return result.error.issues.map((issue) => ({
      property: pathText([key, ...issue.path]),
      // zod's default text for a missing value is about types. A schema's own text says where the value can be set.
      reason:
        value === undefined && issue.message.startsWith("Invalid input") ? "required, but missing" : issue.message,
    }));
  });
  return [...unexpected, ...wrong];
}

/**
 * The engine prints the value of the property that a failure names, and does not mask it. A failure on a secret
 * therefore names the property in its text only. So does one inside of an input: of that the engine would print `<nil>`,
 * because it knows top-level names only, and all of the input may hold secrets and is long.
 *
 * @internal
 */
export function hideValue(failure: CheckFailure, { secrets, unprinted = [] }: InputRules): CheckFailure {
  if (/^\w*$/.test(failure.property) && ![...secrets, ...unprinted].includes(failure.property)) return failure;
  return { property: "", reason: `${failure.property}: ${failure.reason}` };
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => {
      if (typeof part === "number") return `[${part}]`;
      if (!/^\w+$/.test(String(part))) return `[${JSON.stringify(String(part))}]`;
      return index === 0 ? String(part) : `.${String(part)}`;
    })
    .join("");
}
