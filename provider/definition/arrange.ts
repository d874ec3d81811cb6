/** Finds the rules of a program that apply to an operation. */
import type { Arrangement, OperationOverrides } from "./arrangement";
import { nearest } from "./extensions/nearest";
import type { Found } from "./operations";
import { printable } from "./problem";

/** What keys of rules name an operation by. */
type Named = Pick<Found, "method" | "path" | "written" | "tags">;

/** A rule of `overrides`: what it sets, and the operations that it applies to. */
interface Rule {
  readonly key: string;
  readonly says: OperationOverrides | false;
  readonly meets: (named: Named) => boolean;
  /**
   * If two rules meet one operation, the narrower one wins. From wide to narrow: tag, short pattern, long pattern,
   * exact operation.
   */
  readonly narrowness: number;
}

export interface Rules {
  /** What all rules together set for an operation; `false` leaves the operation out. */
  readonly of: (found: Found) => OperationOverrides | false;
  /** Rules that meet no operation. Each text names the key, and the name that was perhaps meant. */
  readonly unmet: () => string[];
}

/**
 * Reads the rules of a program.
 *
 * @param prefix comes before every path at the gateway: rules may name an operation with or without it
 * @param all operations of the definition
 */
export function arrange({ overrides = {}, pathPrefix = "" }: Arrangement, all: readonly Found[]): Rules {
  const rules = Object.entries(overrides)
    .map(([key, says]) => ruleFor(key, says, pathPrefix))
    .sort((one, other) => one.narrowness - other.narrowness);
  return {
    of: (found) => {
      const meeting = rules.filter(({ meets }) => meets(found)).map(({ says }) => says);
      if (meeting.at(-1) === false) return false;
      return Object.assign({}, ...meeting.map((says) => says || {})) as OperationOverrides;
    },
    unmet: () => {
      const names = all.flatMap(({ key, path, tags }) => [key, path, ...tags.map((tag) => `tag:${tag}`)]);
      return rules
        .filter(({ meets }) => !all.some(meets))
        .map(({ key }) => {
          const meant = nearest(key, names);
          return `"${printable(key)}" meets no operation${meant === undefined ? "" : `; did you mean "${meant}"?`}`;
        });
    },
  };
}

function ruleFor(key: string, says: Rule["says"], prefix: string): Rule {
  return { key, says, ...readKey(key, prefix) };
}

/** Reads a key of the program such as `GET /orders/{id}`, `/internal/*` or `tag:admin`. */
export function readKey(key: string, prefix: string): Pick<Rule, "meets" | "narrowness"> {
  const tag = /^tag:(.*)$/s.exec(key)?.[1];
  if (tag !== undefined) return { meets: ({ tags }) => tags.includes(tag), narrowness: 0 };
  const [, method, path = key] = /^([A-Za-z]+) +(.*)$/s.exec(key) ?? [];
  const isPattern = path.endsWith("*");
  const wanted = isPattern ? path.slice(0, -1) : path;
  const fits = (candidate: string) => (isPattern ? candidate.startsWith(wanted) : candidate === wanted);
  return {
    meets: (found) =>
      (method === undefined || method.toUpperCase() === found.method) &&
      (fits(found.path) || fits(prefix + found.path) || fits(found.written)),
    narrowness: (isPattern ? 0 : 10_000) + 2 * wanted.length + (method === undefined ? 1 : 2),
  };
}
