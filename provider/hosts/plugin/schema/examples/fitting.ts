/** Which type of the schema a value of an example is given for. */
import { referredBy, type NamedSpec, type ObjectSpec, type Properties, type TypeSpec } from "../spec";
import type { Step, Value } from "./program";

/** What languages with types need to know of the schema. */
export interface Known {
  /** The inputs of a resource type or a function. */
  inputsOf(step: Step): Properties;
  /** The type of a name. */
  named(name: string): NamedSpec | undefined;
}

/** The object type that a value is given for, by its name; undefined for a map. */
export function objectOf(type: TypeSpec, known: Known): readonly [name: string, spec: ObjectSpec] | undefined {
  const name = referredBy(type);
  const spec = name === undefined ? undefined : known.named(name);
  return name === undefined || spec === undefined || "enum" in spec ? undefined : [name, spec];
}

/** The one of several types that a value is given for. */
export function fitting(value: Value, type: TypeSpec, known: Known): TypeSpec {
  return type.oneOf?.find((each) => fits(value, each, known)) ?? type;
}

function fits(value: Value, type: TypeSpec, known: Known): boolean {
  const object = objectOf(type, known);
  switch (value.kind) {
    case "literal":
      return object === undefined && (type.type === undefined || type.type === typeof value.value);
    case "map":
      return object === undefined
        ? type.type === "object"
        : value.entries.every(([name]) => name in object[1].properties) &&
            object[1].required.every((name) => value.entries.some(([given]) => given === name));
    case "list":
      return type.type === "array";
    default:
      return true;
  }
}
