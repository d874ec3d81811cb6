import { z } from "zod";
import { invalid } from "./errors";
import { tagKey, tagValue, text, unique } from "./text";

/** What a query selects, without paging: equal selections share their result. */
export interface Filter {
  readonly tags: readonly { key: string; values: string[] }[];
  /** Texts of `matches`, each searched in the secret's name. */
  readonly names: readonly string[];
}

export interface Query {
  readonly filter: Filter;
  /** Undefined when only the total is wanted (`action` is `count`). */
  readonly page: { readonly limit: number; readonly offset: number } | undefined;
}

/** Clients send `limit` and `offset` as strings, as the page says, or as numbers. */
const wholeNumber = (from: number, to: number) =>
  z
    .union([z.string().regex(/^\d+$/), z.number().int()])
    .transform(Number)
    .pipe(z.number().min(from).max(to));

/** Tables 3 to 5 of the page of ListResourceInstances. Where the SDKs allow longer tags, so does this. */
const body = z.strictObject({
  limit: z.unknown().optional(),
  offset: z.unknown().optional(),
  action: z.enum(["filter", "count"]).default("filter"),
  tags: z
    .array(z.strictObject({ key: tagKey, values: unique(z.array(tagValue), (value) => value).default([]) }))
    .max(20)
    .refine((tags) => new Set(tags.map(({ key }) => key)).size === tags.length)
    .default([]),
  matches: z.array(z.strictObject({ key: z.literal("resource_name"), value: text(0, 255).default("") })).default([]),
  /** 36 bytes, such as a UUID. */
  sequence: z
    .string()
    .refine((sequence) => Buffer.byteLength(sequence) === 36)
    .optional(),
});

/** Not needed, and so not looked at, when `action` is `count`. */
const paging = z.object({ limit: wholeNumber(1, 1000).default(10), offset: wholeNumber(0, Infinity).default(0) });

/** Reads the body of a tag query; refuses with the parameter's name whatever the page does not allow. */
export function readQuery(sent: unknown): Query {
  const { action, tags, matches, ...rest } = parse(body, sent ?? {});
  return {
    filter: { tags, names: matches.map(({ value }) => value) },
    page: action === "count" ? undefined : parse(paging, rest),
  };
}

export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw invalid(issue?.code === "unrecognized_keys" ? issue.keys[0] : issue?.path[0]?.toString());
}
