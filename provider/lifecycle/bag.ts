/** Inputs and states by property. */

export type Bag = Record<string, unknown>;

/** Keys without some of them. */
export function without(keys: readonly string[], left: readonly string[] = []): string[] {
  return keys.filter((key) => !left.includes(key));
}

export function omit(bag: Bag, left: readonly string[] = []): Bag {
  return pick(bag, without(Object.keys(bag), left));
}

export function pick(bag: Bag, keys: readonly string[]): Bag {
  return Object.fromEntries(keys.filter((key) => key in bag).map((key) => [key, bag[key]]));
}

/** What an engine can transmit: an `undefined` deep inside would fail a call after its effect. */
export function transmittable(bag: object): Bag {
  return Object.fromEntries(
    Object.entries(bag)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, plain(value)]),
  );
}

function plain(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(plain);
  return isBag(value) ? transmittable(value) : (value ?? null);
}

/** Whether a value has properties and is nothing else: no asset, and nothing of a host's. */
export function isBag(value: unknown): value is Bag {
  if (typeof value !== "object" || value === null) return false;
  return [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
}
