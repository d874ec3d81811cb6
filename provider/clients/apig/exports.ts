/** Export of a group as a definition, `ExportApiDefinitionsV2`: the only call that shows all fields of all APIs. `huawei` reference 1.1. */
import { z } from "zod";
import { call, operation, type Instance } from "./instance";

/** The environment that every instance has. An export of APIs "as edited" does not depend on it. */
const release = "DEFAULT_ENVIRONMENT_RELEASE_ID";

const exporting = operation({
  name: "ExportApiDefinitionsV2",
  action: "export the API definitions",
  method: "POST",
  path: "/openapi/export",
  success: [200],
  // It changes nothing.
  idempotent: true,
  response: z
    .looseObject({ openapi: z.string().optional(), swagger: z.string().optional(), paths: z.looseObject({}).nullish() })
    .refine(({ openapi, swagger }) => openapi !== undefined || swagger !== undefined, "neither openapi nor swagger"),
  largestAnswer: 64 * 1024 * 1024,
});

/**
 * All APIs of a group as they are edited, whether they are published or not.
 *
 * @param version only Swagger 2.0 shows the protocol of an API, only OpenAPI 3.0 the remark of its body
 */
export function exportGroup(
  instance: Instance,
  groupId: string,
  version: "2.0" | "3.0" = "3.0",
): Promise<Record<string, unknown>> {
  return call(instance, exporting, {
    query: { oas_version: version },
    body: { env_id: release, group_id: groupId, define: "dev", type: "json" },
    subject: `of group ${groupId}`,
  });
}
