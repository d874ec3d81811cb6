import type * as pulumi from "@pulumi/pulumi";
import type { BkciCredentialInputs } from "../../resources/bkci-credential/inputs";
import { secretSlots, type BkciCredentialType } from "../../resources/bkci-credential/types";
import type { Inputs } from "./inputs";
import { ApigResource } from "./resource";

/** Inputs of {@link BkciCredential}. */
export type BkciCredentialArgs = Inputs<BkciCredentialInputs>;

const declared = {
  type: "BkciCredential",
  outputs: ["projectId", "credentialId", "type", "name", "remark", "updateTime"],
  secrets: secretSlots,
} as const;

/**
 * A credential of a BK-CI project, through the v3 paths of its OpenAPI, such as
 * `POST /ms/openapi/api/apigw/v3/projects/{projectId}/credentials`.
 *
 * BK-CI never shows values, so only the time of the last write shows that somebody changed them. A create fails if the id
 * is taken (2118008). A refresh or delete fails without the permission to view or delete (403); it does not count as gone.
 *
 * ```ts
 * new apig.BkciCredential("shop-code", {
 *   credentialId: "shop_app_code",
 *   type: "ACCESSTOKEN",
 *   accessToken: code.appCode, // a pipeline reads ${{ settings.shop_app_code.access_token }}
 * });
 * ```
 *
 * Id: `project/credential`.
 */
export class BkciCredential extends ApigResource {
  /** English name of the project. */
  declare readonly projectId: pulumi.Output<string>;
  /** What pipelines call it: `${{ settings.<credentialId>.<field> }}`. */
  declare readonly credentialId: pulumi.Output<string>;
  /** The type. */
  declare readonly type: pulumi.Output<BkciCredentialType>;
  /** The name, unless it is the id. */
  declare readonly name: pulumi.Output<string | undefined>;
  /** The remark. */
  declare readonly remark: pulumi.Output<string | undefined>;
  /** When it was last written, in epoch seconds. Unknown where the user may write but not view. */
  declare readonly updateTime: pulumi.Output<number | undefined>;

  constructor(name: string, args: BkciCredentialArgs, opts?: pulumi.CustomResourceOptions) {
    super(declared, name, args, opts);
  }
}
