/** The resources of both hosts as programs see them: classes of the same names, inputs and outputs. */
import * as pulumi from "@pulumi/pulumi";
import * as dynamic from "pulumi-apig";
import { shells, type TypeName } from "../../provider/hosts/dynamic/shells";
import { describedIn } from "./plugin";

export type Classes = Pick<typeof dynamic, TypeName>;

/** The package's own classes. */
export const dynamicClasses: Classes = dynamic;

/** Resources by their tokens, as a generated SDK has them, with nothing of this package. */
export const pluginClasses = Object.fromEntries(
  Object.keys(shells).map((type) => [type, classOf(type)]),
) as unknown as Classes;

type Opts = pulumi.CustomResourceOptions;

function classOf(type: string) {
  return class extends pulumi.CustomResource {
    constructor(name: string, args: object, opts?: Opts) {
      const { outputs, aliases } = describedIn(type);
      const declared = Object.fromEntries(outputs.map((key) => [key, undefined]));
      super(`apig:index:${type}`, name, { ...declared, ...args }, pulumi.mergeOptions({ aliases }, opts));
    }

    static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: Opts) {
      return new this(name, {}, { ...opts, id });
    }
  };
}
