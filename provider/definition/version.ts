import type { Part } from "./part";
import { DefinitionError, printable } from "./problem";

/**
 * Checks the version.
 *
 * @throws DefinitionError unless it is Swagger 2.0 or OpenAPI 3.0 to 3.2
 */
export function refuseOtherVersions(root: Part): void {
  const { swagger, openapi } = root.json;
  const refused = (message: string) => new DefinitionError([root.problem(message)]);
  if (swagger !== undefined && openapi !== undefined) throw refused("it says both `swagger` and `openapi`: keep one");
  if (swagger === "2.0") return;
  if (typeof openapi === "string" && /^3\.[0-2](\.\d+)?(-.+)?$/.test(openapi)) return;
  const said = swagger ?? openapi;
  if (said === undefined) {
    throw refused('it has neither `openapi: "3.x"` nor `swagger: "2.0"` at the top, so it is no API definition');
  }
  if (swagger === 2) throw refused('the Swagger version must be the text "2.0": write it in quotes');
  const shown = printable(JSON.stringify(said));
  throw refused(`its version is ${shown}: OpenAPI 3.0, 3.1 and 3.2 and Swagger 2.0 are read`);
}
