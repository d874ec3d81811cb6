/** What APIG keeps of a parameter's schema: text or number, with a few limits. */
import { isList, isObject, listMember, type Json, type JsonObject } from "../json";
import type { Part } from "../part";

/** Most levels of schemas in `allOf`, `anyOf` and `oneOf`. Real ones have two or three. */
const MAX_LEVELS = 10;

const numeric = new Map([
  ["integer", "integer"],
  ["long", "integer"],
  ["number", "number"],
  ["float", "number"],
  ["double", "number"],
]);

/**
 * Makes a plain schema with the attributes that APIG has. Other types become text: booleans, lists and mappings. So do
 * numbers that may be null, because the gateway would refuse a null as a number.
 *
 * @param part the schema, or the whole parameter in Swagger 2.0
 */
export function plainSchema(part: Part | undefined): JsonObject {
  const { types, nullable, json } = part === undefined ? empty : flat(part, 0);
  const [type, another] = types;
  const number = another === undefined && !nullable ? numeric.get(type ?? "") : undefined;
  return number === undefined ? text(json, type === "string" || type === undefined) : numberOf(json, number);
}

interface Flat {
  readonly types: readonly string[];
  readonly nullable: boolean;
  /** Limits, default and enum, as OpenAPI 3.0 writes them. */
  readonly json: JsonObject;
}

const empty: Flat = { types: [], nullable: false, json: {} };

/** Joins a schema with its `allOf`, `anyOf` and `oneOf`. Follows references. */
function flat(reference: Part, level: number): Flat {
  const part = reference.follow();
  if (level > MAX_LEVELS) return empty;
  const nested = (key: string) => (part.at(key)?.items ?? []).map((item) => flat(item, level + 1));
  const own = ownOf(part.json);
  const choices = [...nested("anyOf"), ...nested("oneOf")];
  const real = choices.filter(({ types }) => types.join() !== "null");
  const all = [...nested("allOf"), ...(real.length === 1 ? real : [])];
  // A value of several types becomes text, and so does a choice without types.
  const several =
    real.length > 1 ? [...new Set(real.flatMap(({ types }) => (types.length > 0 ? types : ["any"])))] : [];
  const types = [own.types, ...all.map((one) => one.types), several].find((list) => list.length > 0) ?? [];
  return {
    types: types.filter((type) => type !== "null" || types.length === 1),
    nullable: own.nullable || types.includes("null") || all.some((one) => one.nullable) || real.length < choices.length,
    json: Object.assign({}, ...all.map(({ json }) => json), own.json) as JsonObject,
  };
}

function ownOf(json: JsonObject): Flat {
  const { type, enum: values, const: only, ...rest } = json;
  const list = isList(values) ? values : only === undefined ? undefined : [only];
  const said = [type ?? []].flat().filter((each) => typeof each === "string");
  return {
    types: said.length > 0 ? said : typesOf(list ?? []),
    nullable: rest["nullable"] === true || rest["x-nullable"] === true,
    json: { ...rest, ...(list && { enum: list.filter((each) => each !== null) }) },
  };
}

/** The types of the listed values, for a schema without a type. */
function typesOf(values: readonly Json[]): string[] {
  return [...new Set(values.map((value) => (value === null ? "null" : typeof value)))];
}

function text(json: JsonObject, isText: boolean): JsonObject {
  const values = listMember(json, "enum").map(plain);
  // The service stores the values of a list as one text with commas.
  const fits = values.length > 0 && values.every((value) => value !== undefined && !value.includes(","));
  return {
    type: "string",
    ...(isText && limits(json, "minLength", "maxLength")),
    ...present("default", plain(json["default"])),
    ...(fits && { enum: distinct(values as string[]) }),
  };
}

function numberOf(json: JsonObject, type: string): JsonObject {
  const step = type === "integer" ? 1 : 0;
  const values = distinct(listMember(json, "enum").filter((value) => typeof value === "number"));
  const minimum = bound(json, "minimum", "exclusiveMinimum", step);
  const maximum = bound(json, "maximum", "exclusiveMaximum", -step);
  return {
    type,
    // Exports write 0 for both limits if none was set.
    ...(minimum === 0 && maximum === 0 ? {} : { ...present("minimum", minimum), ...present("maximum", maximum) }),
    ...(typeof json["default"] === "number" && { default: json["default"] }),
    ...(values.length > 0 && { enum: values }),
  };
}

/** A limit of a number. OpenAPI's exclusive limits become the next whole number, or stay as they are for fractions. */
function bound(json: JsonObject, name: string, exclusive: string, step: number): number | undefined {
  const [limit, other] = [json[name], json[exclusive]];
  if (typeof other === "number") return other + step;
  if (typeof limit !== "number") return undefined;
  return other === true ? limit + step : limit;
}

/** Limits of a length. Exports write 0 if none was set. */
function limits(json: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name): [string, Json][] => {
      const value = json[name];
      return typeof value === "number" && Number.isInteger(value) && value > 0 ? [[name, value]] : [];
    }),
  );
}

function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}

function plain(value: Json | undefined): string | undefined {
  return value === undefined || value === null || isObject(value) || isList(value) ? undefined : String(value);
}

function present<Value>(name: string, value: Value | undefined): Record<string, Value> {
  return value === undefined ? {} : { [name]: value };
}
