/** Rules for the values of extensions. A rule returns what is wrong with a value, and where inside the value. */
import { isList, isObject, type Json } from "../json";
import { pointer, printable, type DefinitionProblem } from "../problem";
import { nearest } from "./nearest";

export type Rule = (value: Json) => readonly DefinitionProblem[];

interface Field {
  readonly rule: Rule;
  readonly isMandatory?: boolean;
  /** Another spelling that pages of the service use. */
  readonly alias?: string;
}

export const anything: Rule = () => [];

export const flag: Rule = (value) => (typeof value === "boolean" ? [] : [found(value, "must be true or false")]);

export const text: Rule = (value) => (typeof value === "string" ? [] : [found(value, "must be a text")]);

export const number =
  (least: number, most: number): Rule =>
  (value) =>
    typeof value === "number" && value >= least && value <= most
      ? []
      : [found(value, `must be a number from ${least} to ${most}`)];

/** The value is one of these words, in any case. */
export const oneOf =
  (...words: readonly string[]): Rule =>
  (value) => {
    if (typeof value === "string" && words.some((word) => word.toLowerCase() === value.toLowerCase())) return [];
    const meant = typeof value === "string" ? nearest(value, words) : undefined;
    return [found(value, `must be one of ${words.join(", ")}${meant === undefined ? "" : `; did you mean ${meant}?`}`)];
  };

/** The value is the name of something that stands elsewhere in the definition. */
export const nameOf =
  (what: string, where: string, names: readonly string[]): Rule =>
  (value) => {
    if (typeof value === "string" && names.includes(value)) return [];
    const meant = typeof value === "string" ? nearest(value, names) : undefined;
    return [
      found(value, `there is no such ${what} in ${where}${meant === undefined ? "" : `; did you mean ${meant}?`}`),
    ];
  };

export const listOf =
  (rule: Rule): Rule =>
  (value) =>
    isList(value) ? value.flatMap((item, index) => below(rule(item), index)) : [found(value, "must be a list")];

export const mapOf =
  (rule: Rule): Rule =>
  (value) =>
    isObject(value)
      ? Object.entries(value).flatMap(([key, item]) => below(rule(item), key))
      : [found(value, "must be a mapping")];

/**
 * A mapping with these members. A misspelt member is an error. A member that resembles none of them may be newer than
 * this package, so it is accepted.
 */
export const members =
  (fields: Readonly<Record<string, Field>>): Rule =>
  (value) => {
    if (!isObject(value)) return [found(value, "must be a mapping")];
    const names = Object.keys(fields);
    const known = new Map(
      Object.entries(fields).flatMap(([name, field]) => [name, field.alias ?? name].map((key) => [key, name])),
    );
    const there = new Set<string>();
    const problems = Object.entries(value).flatMap(([key, item]) => {
      const name = known.get(key) ?? nearest(key, names);
      if (name === undefined) return [];
      there.add(name);
      const wrong = below(fields[name]?.rule(item) ?? [], key);
      return known.has(key) ? wrong : [...below([misspelt(name)], key), ...wrong];
    });
    const missing = names.filter((name) => fields[name]?.isMandatory === true && !there.has(name));
    return [...problems, ...missing.map((name) => ({ pointer: "", message: `${name} is missing` }))];
  };

export function misspelt(name: string): DefinitionProblem {
  return { pointer: "", message: `there is no such member; did you mean ${name}?` };
}

export function below(problems: readonly DefinitionProblem[], ...segments: (string | number)[]): DefinitionProblem[] {
  return problems.map((one) => ({ ...one, pointer: pointer(...segments) + one.pointer }));
}

function found(value: Json, rule: string): DefinitionProblem {
  return { pointer: "", message: `${printable(JSON.stringify(value))}: ${rule}` };
}
