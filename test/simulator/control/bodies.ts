import { z } from "zod";
import { defaultQuotas } from "../core/quotas";
import type { Options } from "../core/types";

const milliseconds = z.number().int().min(0);

const faultKind = z.union([
  z.enum(["dropBefore", "dropAfter", "another"]),
  z.strictObject({ delay: milliseconds }),
  z.strictObject({ date: z.literal("none").or(z.number().int()) }),
  z.strictObject({ list: z.enum(["empty", "absent", "again"]) }),
  z.strictObject({ notFound: z.enum(["html", "json", "json200"]) }),
  z.strictObject({ twice: z.enum(["first", "second"]) }),
  z.strictObject({
    status: z.number().int().min(200).max(599),
    code: z.string().optional(),
    message: z.string().optional(),
    retryAfter: z.union([z.number().min(0), z.string()]).optional(),
    body: z.unknown().optional(),
    effect: z.boolean().optional(),
  }),
]);

const fault = z
  .strictObject({
    operation: z.string(),
    nth: z.number().int().min(1).default(1),
    times: z.number().int().min(1).optional(),
    probability: z.number().min(0).max(1).optional(),
    seed: z.number().int().default(1),
    kind: faultKind,
  })
  // Without `times`: one call, or with a probability, every call.
  .transform(({ times, probability, ...rest }) => ({
    ...rest,
    times: times ?? (probability === undefined ? 1 : Infinity),
    probability: probability ?? 1,
  }));

const throttle = z.strictObject({
  operation: z.string(),
  calls: z.number().int().min(0),
  windowMs: milliseconds,
  retryAfter: z.number().min(0).optional(),
});

/** The bodies of `POST /control/…`, described in this folder's README. */
export const bodies = {
  reset: z.strictObject({}).optional(),
  seed: z.record(z.string(), z.unknown()),
  faults: z.strictObject({ faults: z.array(fault).default([]), throttles: z.array(throttle).default([]) }),
  latency: z.strictObject({ all: milliseconds.default(0), operations: z.record(z.string(), milliseconds).default({}) }),
  clock: z.union([z.strictObject({ advance: z.number() }), z.strictObject({ set: z.iso.datetime() })]),
  quotas: z.partialRecord(z.enum(Object.keys(defaultQuotas)), z.number().int().min(0)),
  options: z
    .strictObject({
      appCodeShowStatus: z.union([z.literal(200), z.literal(201)]),
      importSwagger: z.enum(["flat", "nested"]),
      importClash: z.enum(["failure", "ignore"]),
      gatewayDelay: milliseconds,
      writeConflicts: z.number().min(0).max(1),
      bkciTokens: z.boolean(),
      bkciTokenAnswer: z.enum(["bare", "envelope"]),
      bkciLanguage: z.enum(["en", "zh"]),
      bkciHidesMissing: z.boolean(),
      bkciHidesProjects: z.boolean(),
      csmsTimeUnit: z.enum(["seconds", "milliseconds"]),
    } satisfies Record<keyof Options, z.ZodType>)
    .partial(),
};
