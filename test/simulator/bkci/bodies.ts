import { z } from "zod";
import { refusal } from "./errors";
import { isTypeName, typeNames } from "./formats";

const optional = z.string().nullish();

const written = {
  credentialType: z.enum(typeNames),
  credentialName: optional,
  credentialRemark: optional,
  v1: z.string().regex(/\S/),
  v2: optional,
  v3: optional,
  v4: optional,
};

/** Fields of a project that the simulator takes and does not use, with the types of the real ones. */
const furtherProject = {
  projectType: z.number().int().optional(),
  bgId: z.union([z.number(), z.string()]).optional(),
  bgName: z.string().optional(),
  deptId: z.union([z.number(), z.string()]).optional(),
  deptName: z.string().optional(),
  centerId: z.union([z.number(), z.string()]).optional(),
  centerName: z.string().optional(),
  secrecy: z.boolean().optional(),
  kind: z.number().int().nullish(),
  ccAppId: z.number().int().nullish(),
  ccAppName: optional,
  projectScope: z.number().int().optional(),
  authSecrecy: z.number().int().optional(),
  enabled: z.boolean().optional(),
  subjectScopes: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).nullish(),
};

/** Request bodies; unknown fields are refused. */
export const bodies = {
  createCredential: z.strictObject({ credentialId: z.string().regex(/\S/), ...written }),
  updateCredential: z.strictObject(written),
  createProject: z.strictObject({
    projectName: z.string(),
    englishName: z.string(),
    description: z.string(),
    ...furtherProject,
  }),
  updateProject: z.strictObject({
    projectName: z.string(),
    description: z.string(),
    englishName: z.string().optional(),
    ...furtherProject,
  }),
};

const number = z
  .string()
  .regex(/^-?\d+$/)
  .transform(Number);

/** Pages start at 1; a page holds 20, or what the operation says, and at most 100. */
export const paging = (pageSize: number) =>
  z.object({
    page: number.default(1).transform((page) => Math.max(page, 1)),
    pageSize: number.default(pageSize).transform((size) => Math.min(Math.max(size, 1), 100)),
  });

/** Query of the credential list. */
export const listing = paging(20).extend({
  credentialTypes: z
    .string()
    .transform((names) => names.split(","))
    .pipe(z.array(z.string().refine(isTypeName)))
    .optional(),
  // Decoded once by the server already, and again by the service.
  keyword: z.string().default("").transform(decode),
});

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

/** Every value that does not match is HTTP 400. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw refusal(400, result.error.issues[0]?.path.join("."));
}
