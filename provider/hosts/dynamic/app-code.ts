import type * as pulumi from "@pulumi/pulumi";
import type { AppCodeInputs } from "../../resources/app-code/inputs";
import type { Inputs } from "./inputs";
import { ApigResource, idOutput } from "./resource";

/** Inputs of {@link AppCode}. */
export type AppCodeArgs = Inputs<AppCodeInputs>;

const declared = { type: "AppCode", outputs: ["createTime"], secrets: ["appCode"] } as const;

/**
 * A credential for simple authentication: callers present it in the header `X-Apig-AppCode`, over HTTPS.
 * `CreateAppCodeV2`, `ShowDetailsOfAppCodeV2` and its list and delete.
 *
 * A create, and so a rotation, fails if the app holds five codes already (APIG.3131): remove one first.
 *
 * ```ts
 * const code = new apig.AppCode("web", { appId: web.appId, rotate: { quarter: "2026-4" } });
 * ```
 *
 * Id: `instance/app/code`.
 */
export class AppCode extends ApigResource {
  /** Id of the code. */
  readonly appCodeId: pulumi.Output<string>;
  /** The code itself. Secret. */
  declare readonly appCode: pulumi.Output<string>;
  /** Id of the app that the code belongs to. */
  readonly appId: pulumi.Output<string>;
  /** When the service made the code, for example `2020-07-24T02:31:45Z`. */
  declare readonly createTime: pulumi.Output<string>;
  /** The APIG instance. */
  readonly instanceId: pulumi.Output<string>;

  constructor(name: string, args: AppCodeArgs, opts?: pulumi.CustomResourceOptions) {
    super(declared, name, args, opts);
    this.appCodeId = idOutput(this, opts, 2);
    this.appId = idOutput(this, opts, 1);
    this.instanceId = idOutput(this, opts, 0);
  }
}
