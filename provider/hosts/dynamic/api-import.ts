import type * as pulumi from "@pulumi/pulumi";
import type { ApiImportInputs, ImportedApi } from "../../resources/api-import/inputs";
import type { Inputs } from "./inputs";
import { ApigResource, idOutput } from "./resource";

/** Inputs of {@link ApiImport}. */
export type ApiImportArgs = Inputs<ApiImportInputs>;

const declared = {
  type: "ApiImport",
  outputs: ["apis", "operations", "observed", "ignored", "skipped", "instanceId"],
} as const;

/**
 * An API group that follows an OpenAPI definition.
 *
 * A refresh sees whatever others changed of an API, by one list call and one export of the group; without the permission to
 * export them, all but back ends and parameters, which a warning says.
 *
 * Id: `instance/group`.
 */
export class ApiImport extends ApigResource {
  /** Id of the group. */
  readonly groupId: pulumi.Output<string>;
  /** The APIs that this resource made or adopted. */
  declare readonly apis: pulumi.Output<ImportedApi[]>;
  /**
   * Each operation, such as `GET /pets`, with a line about it: name, visibility, authentication, parameters (`*` must be
   * given), back end and options, and a digest of everything that APIG keeps of it; after a refresh with `changed
   * outside: ...` or `deleted outside` where the next update has something to repair.
   */
  declare readonly operations: pulumi.Output<Record<string, string>>;
  /** What the list call shows of each API of the group: a line for those of others, digests for own ones. */
  declare readonly observed: pulumi.Output<Record<string, string>>;
  /** Operations that the service left out because APIs of others are in their way; tried again when these go. */
  declare readonly ignored: pulumi.Output<string[]>;
  /** Operations that APIG cannot serve and that `unsupported: "skip"` left out; absent where there are none. */
  declare readonly skipped: pulumi.Output<string[] | undefined>;
  /** The APIG instance. */
  declare readonly instanceId: pulumi.Output<string>;

  constructor(name: string, args: ApiImportArgs, opts?: pulumi.CustomResourceOptions) {
    super(declared, name, args, opts);
    this.groupId = idOutput(this, opts, 1);
  }
}
