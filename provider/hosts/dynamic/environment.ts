import type * as pulumi from "@pulumi/pulumi";
import type { EnvironmentInputs } from "../../resources/environment/inputs";
import type { Inputs } from "./inputs";
import { ApigResource, idOutput } from "./resource";

/** Inputs of {@link Environment}. */
export type EnvironmentArgs = Inputs<EnvironmentInputs>;

const declared = { type: "Environment", outputs: ["name", "remark", "instanceId"] } as const;

/**
 * An environment: APIs are published and called in it. Each publication and each authorization is for one environment.
 * `CreateEnvironmentV2` and its list, update and delete.
 *
 * A create fails if the name is taken (APIG.3205: see `adopt`) or the instance holds as many environments as it may
 * (APIG.3104). A delete fails while APIs are published in the environment (APIG.3418).
 *
 * ```ts
 * const testing = new apig.Environment("testing", { name: "testing" });
 * ```
 *
 * Id: `instance/environment`.
 */
export class Environment extends ApigResource {
  /** Id of the environment. */
  readonly envId: pulumi.Output<string>;
  /** The name. Callers choose an environment by it, in the header `X-Stage`. */
  declare readonly name: pulumi.Output<string>;
  /** The remark. */
  declare readonly remark: pulumi.Output<string | undefined>;
  /** The APIG instance. */
  declare readonly instanceId: pulumi.Output<string>;

  constructor(name: string, args: EnvironmentArgs, opts?: pulumi.CustomResourceOptions) {
    super(declared, name, args, opts);
    this.envId = idOutput(this, opts, 1);
  }
}
