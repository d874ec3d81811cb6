/** What a change of parameters means for callers who send what the API took before. */
import { listMember, member, objectMember, textMember, type Json, type JsonObject } from "../json";
import { printable } from "../problem";
import type { Callable } from "./callable";

type Declaring = Pick<Callable, "path" | "parameters">;

/** A parameter in the form of the service, which keeps texts and numbers, and zero for a limit that is not set. */
interface Taken {
  readonly name: string;
  readonly place: string;
  readonly required: boolean;
  readonly isText: boolean;
  readonly least: number;
  readonly most: number;
  readonly values: readonly string[];
}

/** Each text says how callers break. Where nobody can see the parameters, there is none. */
export function stricterParameters(before: Declaring, after: Declaring): string[] {
  if (before.parameters === undefined || after.parameters === undefined) return [];
  const [was, is] = [taken(before.path, before.parameters), taken(after.path, after.parameters)];
  const gone = [...was].filter(([key, one]) => mustSend(one) && !is.has(key)).map(([, one]) => `${named(one)} goes`);
  const stricter = [...is].flatMap(([key, now]) => {
    const then = was.get(key);
    if (then === undefined) return mustSend(now) ? [`${named(now)} is new and required`] : [];
    return [
      ...(now.required && !then.required ? [`${named(now)} is now required`] : []),
      ...stricterValues(then, now).map((how) => `${named(now)} ${how}`),
    ];
  });
  return [...gone, ...stricter];
}

function stricterValues(then: Taken, now: Taken): string[] {
  if (then.isText && !now.isText) return ["must now be a number"];
  // Limits of a length say nothing about those of a number.
  const old = then.isText === now.isText ? then : { ...then, least: 0, most: 0 };
  const size = now.isText ? " characters" : "";
  const lost = then.values.filter((value) => !now.values.includes(value));
  return [
    ...(now.least !== 0 && (old.least === 0 || now.least > old.least)
      ? [`takes now at least ${now.least}${size}${formerly(old.least)}`]
      : []),
    ...(now.most !== 0 && (old.most === 0 || now.most < old.most)
      ? [`takes now at most ${now.most}${size}${formerly(old.most)}`]
      : []),
    ...(now.values.length > 0 && then.values.length === 0 ? [`takes now only ${listed(now.values)}`] : []),
    ...(now.values.length > 0 && lost.length > 0 ? [`takes no more ${listed(lost)}`] : []),
  ];
}

function formerly(limit: number): string {
  return limit === 0 ? "" : ` (was ${limit})`;
}

/** Values that a message names. */
const MOST_VALUES = 5;

function listed(values: readonly string[]): string {
  const rest = values.length - MOST_VALUES;
  const first = values.slice(0, MOST_VALUES).map((value) => printable(value).slice(0, 40));
  return [...first, ...(rest > 0 ? [`and ${rest} others`] : [])].join(" ");
}

function named({ name, place }: Taken): string {
  return `the ${place} parameter ${printable(name)}`;
}

/** A variable of the path is always there. */
function mustSend({ place, required }: Taken): boolean {
  return required && place !== "path";
}

/** By what callers see: the segment of the path, the name elsewhere. Headers have no capitals. */
function taken(path: string, parameters: readonly Json[]): Map<string, Taken> {
  const segments = path.split("/").map((segment) => segment.replace(/^\{|\+?\}$/g, ""));
  return new Map(
    parameters.map((one) => {
      const parameter = readParameter(one);
      const { name, place } = parameter;
      const key = place === "path" ? segments.indexOf(name) : place === "header" ? name.toLowerCase() : name;
      return [`${place} ${key}`, parameter];
    }),
  );
}

function readParameter(one: Json): Taken {
  const schema: JsonObject = objectMember(one, "schema") ?? {};
  const isText = !["number", "integer"].includes(textMember(schema, "type") ?? "");
  const limit = (key: string): number => Number(member(schema, key) ?? 0);
  return {
    name: textMember(one, "name") ?? "",
    place: textMember(one, "in") ?? "",
    required: member(one, "required") === true,
    isText,
    least: limit(isText ? "minLength" : "minimum"),
    most: limit(isText ? "maxLength" : "maximum"),
    values: listMember(schema, "enum").map(String),
  };
}
