/** Inputs and states by property. */

export type Properties = Record<string, unknown>;

/** Keys without some of them. */
export function without(keys: readonly string[], left: readonly string[] = []): string[] {
  return keys.filter((key) => !left.includes(key));
}

export function omit(properties: Properties, left: readonly string[] = []): Properties {
  return pick(properties, without(Object.keys(properties), left));
}

export function pick(properties: Properties, keys: readonly string[]): Properties {
  return Object.fromEntries(keys.filter((key) => key in properties).map((key) => [key, properties[key]]));
}

/** The properties as an engine can transmit them. An `undefined` deep inside would make a call fail after its effect. */
export function transmittable(properties: object): Properties {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, plain(value)]),
  );
}

function plain(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(plain);
  return isPlainObject(value) ? transmittable(value) : (value ?? null);
}

/** Whether a value is a plain object: no asset, and no object of a host. */
export function isPlainObject(value: unknown): value is Properties {
  if (typeof value !== "object" || value === null) return false;
  return [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
}
