import type * as pulumi from "@pulumi/pulumi";
import type { AppInputs } from "../../resources/app/inputs";
import type { Inputs } from "./inputs";
import { ApigResource, idOutput } from "./resource";

/** Inputs of {@link App}. */
export type AppArgs = Inputs<AppInputs>;

const declared = { type: "App", outputs: ["name", "remark", "appKey"], secrets: ["appSecret"] } as const;

/**
 * A caller of APIs: it owns AppCodes, and is authorized to call APIs. `CreateAnAppV2` and its show, update, reset and
 * delete.
 *
 * A create fails if the name is taken (APIG.3203: see `adopt`) or the instance holds as many apps as it may (APIG.3103).
 *
 * ```ts
 * const web = new apig.App("web", { name: "shop_web", rotateSecret: { year: "2026" } });
 * ```
 *
 * Id: `instance/app`.
 */
export class App extends ApigResource {
  /** Id of the app. */
  readonly appId: pulumi.Output<string>;
  /** The name. */
  declare readonly name: pulumi.Output<string>;
  /** The remark. */
  declare readonly remark: pulumi.Output<string | undefined>;
  /** The AppKey, for signed requests. */
  declare readonly appKey: pulumi.Output<string>;
  /** The AppSecret, for signed requests. Secret. */
  declare readonly appSecret: pulumi.Output<string>;
  /** The APIG instance. */
  readonly instanceId: pulumi.Output<string>;

  constructor(name: string, args: AppArgs, opts?: pulumi.CustomResourceOptions) {
    super(declared, name, args, opts);
    this.appId = idOutput(this, opts, 1);
    this.instanceId = idOutput(this, opts, 0);
  }
}
