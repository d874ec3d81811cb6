/**
 * The inputs of a tag query and their limits.
 *
 * The service's pages have different limits for lengths. A value is refused if all pages refuse it. It gets a warning if
 * only the strictest page (seed page 003) refuses it.
 */
import { z } from "zod";
import { placeInputs, type RecordedPlace } from "../shared/place";
import { secretFields, type SecretField } from "./secrets";

/** What to ask for: inputs of the resource and arguments of the function. */
export interface SecretTagQueryInputs<Field extends SecretField = SecretField> {
  /** `filter` finds secrets, `count` only counts them. */
  action: "filter" | "count";
  /** At most 20. A secret must have all keys, each with one of its values. Default: any tags. */
  tags?: TagInputs[];
  /** Texts that the name must contain. Default: any name. */
  matches?: MatchInputs[];
  /** 36 characters, such as a UUID, that identify the request in the service's logs. If only this changes, nothing is done. */
  sequence?: string;
  /** Secrets in one call, 1 to 1000: the service's `limit`. All pages are always read. Default: 1000 (the service's is 10). */
  pageSize?: number;
  /**
   * Fields to keep of each secret, besides its name. Changes of other fields are no changes. Default: all fields. But
   * for more than 1,000 secrets the resource then keeps only names, and for more than 10,000 only the total and the
   * fingerprint. The function always returns all.
   */
  select?: Field[];
}

/** A tag that secrets must have. */
export interface TagInputs {
  /** 1 to 128 characters without control characters and `* < > \ =`. The service may refuse more than 36. */
  key: string;
  /** Up to 255 characters each, the same ones. The service may refuse more than 43. None: any value matches. */
  values?: string[];
}

/** A condition on the name of secrets. */
export interface MatchInputs {
  key: "resource_name";
  /** Up to 255 characters, the same ones as in a tag. The service may refuse more than 43. An empty text matches nothing. */
  value: string;
}

const longest = { key: 128, value: 255, match: 255 };

/** Limits of seed page 003, tables 4 and 5. */
const safe = { key: 36, value: 43, match: 43 };

const text = (most: number) =>
  z
    .string()
    .refine((value) => lengthOf(value) <= most, `must have at most ${most} characters`)
    .refine(
      (value) => !Array.from(value).some((sign) => sign < " " || "*<>\\=".includes(sign)),
      "must not hold control characters or any of * < > \\ =",
    );

const tagsShape = 'must be a list of keys with their values, such as [{ key: "app", values: ["shop"] }]';
const matchesShape = 'must be a list such as [{ key: "resource_name", value: "shop" }]';

const tag = z.strictObject(
  {
    key: text(longest.key).min(1, "must not be empty"),
    values: z
      .array(text(longest.value))
      .superRefine(distinct((value) => value))
      .optional(),
  },
  { error: shape("key, values", tagsShape) },
);

const match = z.strictObject(
  {
    key: z.literal("resource_name", 'must be "resource_name": names are all that can be matched'),
    value: text(longest.match),
  },
  { error: shape("key, value", matchesShape) },
);

const pageSizes = "must be a whole number from 1 to 1000";

/** @internal */
export const queryInputs = z.object({
  action: z.enum(["filter", "count"], 'must be "filter" or "count"'),
  tags: z
    .array(tag, tagsShape)
    .max(20, "must have at most 20 keys")
    .superRefine(distinct(({ key }) => key, "key"))
    .optional(),
  matches: z.array(match, matchesShape).optional(),
  sequence: z
    .string()
    .refine((value) => lengthOf(value) === 36, "must have exactly 36 characters")
    .optional(),
  pageSize: z.number(pageSizes).int(pageSizes).min(1, pageSizes).max(1000, pageSizes).optional(),
  select: z.array(z.enum(secretFields, `must be one of ${secretFields.join(", ")}`)).optional(),
});
/** The result of the query: computed at preview, and recorded as inputs. @internal */
export const answer = ["found", "totalCount", "fingerprint"] as const;

/** @internal */
export const inputs = z.object({
  ...placeInputs,
  ...queryInputs.shape,
  // The result, computed at preview.
  found: z.string().optional(),
  totalCount: z.number().optional(),
  fingerprint: z.string().optional(),
});

/** @internal */
export type Args = z.infer<typeof inputs>;
/** @internal */
export type State = Args & RecordedPlace;

/**
 * A valid query.
 *
 * @internal
 */
export type Query = z.infer<typeof queryInputs>;

/**
 * The query alone, out of inputs or a state.
 *
 * @internal
 */
export function queryOf({ action, tags, matches, sequence, pageSize, select }: Query): Query {
  return { action, tags, matches, sequence, pageSize, select };
}

/**
 * One sentence about each value that the strictest page of the service refuses.
 *
 * @internal
 */
export function doubts({ tags = [], matches = [] }: Partial<Query>): string[] {
  const texts = [
    ...tags.flatMap(({ key, values = [] }, index) => [
      { where: `tags[${index}].key`, value: key, most: safe.key },
      ...values.map((value, at) => ({ where: `tags[${index}].values[${at}]`, value, most: safe.value })),
    ]),
    ...matches.map(({ value }, index) => ({ where: `matches[${index}].value`, value, most: safe.match })),
  ];
  return texts
    .filter(({ value, most }) => lengthOf(value) > most)
    .map(({ where, most }) => `${where} has more than ${most} characters: the service may refuse it.`);
}

/** In Unicode characters, as the service counts. */
function lengthOf(value: string): number {
  return Array.from(value).length;
}

/** Adds an issue to each element that repeats an earlier one. */
function distinct<Element>(identity: (element: Element) => string, property?: string) {
  return (elements: readonly Element[], context: z.RefinementCtx) => {
    const all = elements.map(identity);
    for (const [index, value] of all.entries()) {
      if (all.indexOf(value) === index) continue;
      const path = property === undefined ? [index] : [index, property];
      context.addIssue({ code: "custom", message: "must not be there twice", path });
    }
  };
}

/**
 * The errors for an unknown property, such as `value` instead of `values`, with the same text as for whole resources, and
 * for an element that is no object.
 */
function shape(names: string, list: string) {
  return (issue: { code: string; keys?: string[] }) =>
    issue.code === "unrecognized_keys" ? `no such property: ${issue.keys?.join(", ")}; there are ${names}` : list;
}
