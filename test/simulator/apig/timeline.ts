/** A value that the gateway uses from one moment until another, in milliseconds since 1970. */
interface Fact<Value> {
  readonly value: Value;
  readonly from: number;
  until?: number;
}

/**
 * What the gateway knows, now and later. The management API writes changes with the moment when they take effect, and the
 * gateway reads the values of the present moment. Plain data, saved with the rest of the state.
 */
export interface Timeline<Value> {
  readonly facts: Record<string, Fact<Value>[]>;
  /** Keys with facts that end, in the order in which they were ended, so that old ones are deleted without a search. */
  readonly ending: { key: string; until: number }[];
}

export const emptyTimeline = <Value>(): Timeline<Value> => ({ facts: {}, ending: [] });

const factsOf = <Value>(timeline: Timeline<Value>, key: string): Fact<Value>[] =>
  Object.hasOwn(timeline.facts, key) ? (timeline.facts[key] ?? []) : [];

/** The values of a key at a moment. */
export function valid<Value>(timeline: Timeline<Value>, key: string, now: number): Value[] {
  return factsOf(timeline, key)
    .filter(({ from, until }) => from <= now && (until === undefined || now < until))
    .map(({ value }) => value);
}

/** Adds a value to a key from a moment on. Its other values stay. */
export function begin<Value>(timeline: Timeline<Value>, key: string, value: Value, from: number): void {
  const facts = factsOf(timeline, key);
  facts.push({ value, from });
  timeline.facts[key] = facts;
}

/** Ends the values of a key (or those that match) at a moment. */
export function end<Value>(
  timeline: Timeline<Value>,
  key: string,
  until: number,
  matches: (value: Value) => boolean = () => true,
): void {
  for (const fact of factsOf(timeline, key)) {
    if (fact.until !== undefined || !matches(fact.value)) continue;
    fact.until = until;
    timeline.ending.push({ key, until });
  }
}

/** Drops facts that ended before a moment. It is fast, so every write may call it. */
export function forget<Value>(timeline: Timeline<Value>, now: number): void {
  for (let oldest = timeline.ending[0]; oldest !== undefined && oldest.until <= now; oldest = timeline.ending[0]) {
    timeline.ending.shift();
    const left = factsOf(timeline, oldest.key).filter(({ until }) => until === undefined || now < until);
    if (left.length === 0) Reflect.deleteProperty(timeline.facts, oldest.key);
    else timeline.facts[oldest.key] = left;
  }
}
