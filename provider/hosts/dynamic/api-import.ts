import type * as pulumi from "@pulumi/pulumi";
import type { ApiImportInputs, ImportedApi } from "../../resources/api-import/inputs";
import type { Inputs } from "./inputs";
import { presentFile } from "./present-file";
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
 * A refresh finds all changes that others made to an API, with one list call and one export of the group. Without the
 * permission to export, it does not find changes of back ends and parameters, and says so in a warning.
 *
 * Id: `instance/group`.
 */
export class ApiImport extends ApigResource {
  /** Id of the group. */
  readonly groupId: pulumi.Output<string>;
  /** The APIs that this resource made or adopted. */
  declare readonly apis: pulumi.Output<ImportedApi[]>;
  /**
   * Key of each operation, such as `GET /pets`, to a line about it: name, visibility, authentication, parameters (`*`
   * marks required ones), back end, options, and a digest of everything that APIG keeps. After a refresh, `changed
   * outside: ...` or `deleted outside` if the next update has something to repair.
   */
  declare readonly operations: pulumi.Output<Record<string, string>>;
  /** What the list call shows of each API in the group: a digest for an API of this resource, a line for any other. */
  declare readonly observed: pulumi.Output<Record<string, string>>;
  /**
   * Operations that the service left out because APIs of others are in their way. They are tried again when these are
   * gone.
   */
  declare readonly ignored: pulumi.Output<string[]>;
  /** Operations that `unsupported: "skip"` left out because APIG cannot serve them. Absent if there are none. */
  declare readonly skipped: pulumi.Output<string[] | undefined>;
  /** The APIG instance. */
  declare readonly instanceId: pulumi.Output<string>;

  constructor(name: string, args: ApiImportArgs, opts?: pulumi.CustomResourceOptions) {
    super(declared, name, { ...args, definition: presentFile(args.definition) }, opts);
    this.groupId = idOutput(this, opts, 1);
  }
}
