import { z } from "zod";

/**
 * The part of BK-CI's pipeline format, version 3, that the examples use. Unknown keys are refused, as by the server. No
 * registry has a parser or schema for this format, so these rules are our own (reference `bk-ci` 5).
 */
const step = z
  .strictObject({
    name: z.string().optional(),
    checkout: z.string().optional(),
    uses: z.string().includes("@").optional(),
    with: z.union([z.strictObject({ script: z.string() }), z.strictObject({ filePath: z.string() })]).optional(),
  })
  .refine(({ checkout, uses }) => (checkout === undefined) !== (uses === undefined), "one of checkout and uses");

const job = z.strictObject({
  "runs-on": z.strictObject({
    "pool-name": z.enum(["docker", "agentless", "docker-on-devcloud", "docker-on-bcs", "local"]),
    container: z.strictObject({ image: z.string().regex(/^\S+:\S+$/, "must have a tag") }).optional(),
  }),
  steps: z.array(step).min(1),
});

const approval = z.strictObject({
  reviews: z.strictObject({
    flows: z.array(z.strictObject({ name: z.string(), reviewers: z.array(z.string()).min(1) })).min(1),
    description: z.string().optional(),
  }),
  "timeout-hours": z.int().min(1).max(720).optional(),
});

export const bkciPipeline = z.strictObject({
  version: z.literal("v3.0"),
  name: z.string(),
  desc: z.string().optional(),
  "syntax-dialect": z.enum(["INHERIT", "CLASSIC", "CONSTRAINT"]),
  on: z.strictObject({
    mr: z.strictObject({ "target-branches": z.array(z.string()) }).optional(),
    push: z.strictObject({ branches: z.array(z.string()) }).optional(),
  }),
  concurrency: z.strictObject({ group: z.string(), "cancel-in-progress": z.boolean() }).optional(),
  stages: z.array(
    z.strictObject({ name: z.string(), "check-in": approval.optional(), jobs: z.record(z.string(), job) }),
  ),
});

export type BkciPipeline = z.infer<typeof bkciPipeline>;

/** Fields of BK-CI's credential types: what may follow `settings.<credentialId>.`. */
const fields =
  "password access_token username secretKey appId privateKey passphrase token cosappId secretId region".split(" ");

/**
 * Replaces the references to credentials in a script, as the worker does.
 * @param value of a field of a credential
 * @throws Error for a reference that would stay as text
 */
export function withSettings(script: string, value: (credentialId: string, field: string) => string): string {
  return script.replaceAll(/\$\{\{(.*?)\}\}/g, (whole, expression: string) => {
    const [, credentialId = "", field = ""] = /^ settings\.(\w{1,40})\.(\w+) $/.exec(expression) ?? [];
    if (!fields.includes(field)) throw new Error(`${whole} is no reference to a credential.`);
    return value(credentialId, field);
  });
}
