/** Schemas of `defaults` and `overrides`. */
import { z } from "zod";
import {
  isApiName,
  NAME_RULE,
  PARAMETER_NAME,
  type Auth,
  type Backend,
  type OperationDefaults,
  type OperationOverrides,
} from "../../definition";

const text = z.string().min(1, "must not be empty");
const range = (least: number, most: number) => {
  const rule = `must be a whole number from ${least} to ${most}`;
  return z.number(rule).int(rule).min(least, rule).max(most, rule).optional();
};

const common = {
  timeout: range(1, 60_000),
  retryCount: range(0, 10),
  parameters: z
    .array(
      z.strictObject({
        name: z.string().regex(PARAMETER_NAME, "must have 1 to 32 characters: a letter, then also - _ ."),
        in: z.enum(["header", "query", "path"], 'must be "header", "query" or "path"'),
        value: z.string(),
        origin: z.enum(["CONSTANT", "SYSTEM"], 'must be "CONSTANT" or "SYSTEM"').optional(),
      }),
    )
    .optional(),
};

const path = z.string().regex(/^\/[^?#\s]*$/, "must begin with a slash, without ?, # and white space");
const host = /^[A-Za-z0-9_.-]+(:\d{1,5})?$/;

const backends = {
  url: z.strictObject({ url: z.string().superRefine(addressOnly), ...common }),
  vpcChannel: z.strictObject({
    vpcChannel: text,
    scheme: z.enum(["http", "https"], 'must be "http" or "https"').optional(),
    path: path.optional(),
    host: z.string().regex(host, "must be a host, without scheme, path and credentials").optional(),
    ...common,
  }),
  functionUrn: z.strictObject({
    functionUrn: text,
    version: text.optional(),
    invocationType: z.enum(["sync", "async"], 'must be "sync" or "async"').optional(),
    networkType: z.enum(["V1", "V2"], 'must be "V1" or "V2"').optional(),
    timeout: range(1, 600_000),
  }),
  mock: z.strictObject({ mock: z.string() }),
};

/** Its one required member shows which kind of back end it is. */
const backend = z.custom<Backend>().superRefine((value, context) => {
  const kinds = Object.keys(backends) as (keyof typeof backends)[];
  const given =
    typeof value === "object" && (value as Backend | null) !== null ? kinds.filter((kind) => kind in value) : [];
  const [kind, another] = given;
  if (kind === undefined || another !== undefined) {
    const found = another === undefined ? "it has none of them" : `it has ${given.join(" and ")}`;
    context.addIssue(`must have exactly one of ${kinds.join(", ")}: ${found}`);
    return;
  }
  report(backends[kind], value, context);
});

const auth = z.union(
  [
    z.enum(["NONE", "IAM", "APP", "APP+AppCode"]),
    z.strictObject({ authorizer: z.string().startsWith("urn:", "must be the URN of the authorizer's function") }),
  ],
  'must be "NONE", "IAM", "APP", "APP+AppCode" or { authorizer: "urn:..." }, the URN of the function of a custom authorizer',
) satisfies z.ZodType<Auth>;

const operation = {
  backend: backend.optional(),
  auth: auth.optional(),
  cors: z.boolean().optional(),
  requestType: z.enum(["public", "private"], 'must be "public" or "private"').optional(),
  matchMode: z.enum(["NORMAL", "SWA"], 'must be "NORMAL" or "SWA"').optional(),
};

/** @internal */
export const defaults = z.strictObject(operation).optional() as z.ZodType<OperationDefaults | undefined>;

const name = z.string().refine(isApiName, `must have 3 to 255 characters: ${NAME_RULE}`);

const override = z.strictObject({ ...operation, path: path.optional(), name: name.optional() });

/** @internal */
export const overrides = z
  .record(
    z.string(),
    z.custom<OperationOverrides | false>().superRefine((value, context) => {
      if (value !== false) report(override, value, context);
    }),
  )
  .optional();

/** @internal */
export const pathPrefix = z
  .string()
  .regex(/^(\/[^/?#{}\s]+)+$/, 'must be like "/shop": a slash first, none at the end, no variables')
  .optional();

/** Reports the problems of a schema one by one. A union would only say that no choice fits. */
function report(schema: z.ZodType, value: unknown, context: z.RefinementCtx): void {
  for (const { message, path: place } of schema.safeParse(value).error?.issues ?? []) {
    context.addIssue({ code: "custom", message, path: place });
  }
}

function addressOnly(value: string, context: z.RefinementCtx): void {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const problem =
    url === undefined || !["http:", "https:"].includes(url.protocol) || url.host === ""
      ? "must be a URL that begins with http:// or https://"
      : url.username !== "" || url.password !== ""
        ? "must not hold credentials, which the gateway would show"
        : url.search !== "" || url.hash !== ""
          ? "must end with the path: no ? and no #"
          : undefined;
  if (problem !== undefined) context.addIssue(problem);
}
