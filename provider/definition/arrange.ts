/** Which of a program's rules hold for an operation. */
import type { Arrangement, OperationOverrides } from "./arrangement";
import { nearest } from "./extensions/nearest";
import type { Found } from "./operations";
import { printable } from "./problem";

/** A rule of `overrides`: what it says, and which operations it is about. */
interface Rule {
  readonly key: string;
  readonly says: OperationOverrides | false;
  readonly meets: (found: Found) => boolean;
  /** Of two rules for one operation the narrower one wins: a tag, a pattern, a longer pattern, the operation itself. */
  readonly narrowness: number;
}

export interface Rules {
  /** What the rules say together; `false` leaves the operation out. */
  readonly of: (found: Found) => OperationOverrides | false;
  /** Keys that met no operation, with what they were perhaps meant to be. */
  readonly unmet: () => string[];
}

/**
 * @param prefix of all paths at the gateway: rules may name an operation with it or without
 * @param all operations
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
  const tag = /^tag:(.*)$/s.exec(key)?.[1];
  if (tag !== undefined) return { key, says, meets: ({ tags }) => tags.includes(tag), narrowness: 0 };
  const [, method, path = key] = /^([A-Za-z]+) +(.*)$/s.exec(key) ?? [];
  const isPattern = path.endsWith("*");
  const wanted = isPattern ? path.slice(0, -1) : path;
  const fits = (candidate: string) => (isPattern ? candidate.startsWith(wanted) : candidate === wanted);
  return {
    key,
    says,
    meets: (found) =>
      (method === undefined || method.toUpperCase() === found.method) &&
      (fits(found.path) || fits(prefix + found.path) || fits(found.written)),
    narrowness: (isPattern ? 0 : 10_000) + 2 * wanted.length + (method === undefined ? 1 : 2),
  };
}
