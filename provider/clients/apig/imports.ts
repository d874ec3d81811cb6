/** Import of an API definition, `ImportApiDefinitionsV2`. Seed page 002. */
import { z } from "zod";
import { call, operation, type Instance } from "./instance";

/** What happens to an existing object with the same name or path: `merge` keeps it, `override` overwrites it. */
export type ImportMode = "merge" | "override";

/** The fields of the form, with their meaning on the page. */
export interface ImportForm {
  /** The group to import into. If it is absent, the import makes a group with the document's title as its name. */
  readonly groupId?: string;
  /** Whether extension objects (policies) of the same name are kept (`merge`) or overwritten. */
  readonly extendMode: ImportMode;
  /** Whether APIs that clash are kept (`merge`) or overwritten. */
  readonly apiMode: ImportMode;
  readonly simpleMode: boolean;
  /** Whether operations get a mock backend. */
  readonly mockMode: boolean;
  /** The definition, as JSON text. */
  readonly definition: string;
}

const text = z.string().nullish();

const ImportResult = z.looseObject({
  group_id: z.string().min(1),
  success: z
    .array(z.looseObject({ path: z.string(), method: z.string(), action: text, id: z.string().min(1) }))
    .nullish()
    .transform((list) => list ?? []),
  failure: z
    .array(z.looseObject({ path: text, method: text, error_code: text, error_msg: text }))
    .nullish()
    .transform((list) => list ?? []),
  ignore: z
    .array(z.looseObject({ path: z.string(), method: z.string() }))
    .nullish()
    .transform((list) => list ?? []),
});
/** The result of each operation. A 200 may hold failures. */
export type ImportResult = z.infer<typeof ImportResult>;

const merging = operation({
  name: "ImportApiDefinitionsV2",
  action: "import the API definition",
  method: "POST",
  path: "/openapi/import",
  success: [200],
  idempotent: false,
  collidesIn: "group",
  response: ImportResult,
});

/** An import that overwrites in a given group has the same result if it is sent again. */
const overriding = { ...merging, idempotent: true };

export function importDefinition(instance: Instance, form: ImportForm): Promise<ImportResult> {
  const { groupId, extendMode, apiMode, simpleMode, mockMode, definition } = form;
  const fields = {
    is_create_group: String(groupId === undefined),
    ...(groupId !== undefined && { group_id: groupId }),
    extend_mode: extendMode,
    simple_mode: String(simpleMode),
    mock_mode: String(mockMode),
    api_mode: apiMode,
  };
  const described = groupId !== undefined && apiMode === "override" ? overriding : merging;
  return call(instance, described, {
    form: { fields, files: { file_name: { fileName: "definition.json", content: definition } } },
    ...(groupId !== undefined && { about: { group_id: groupId }, scope: groupId }),
    subject: groupId === undefined ? "into a new group" : `into group ${groupId}`,
  });
}
