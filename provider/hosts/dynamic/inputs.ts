/** Inputs of TypeScript programs: every plain value may also be an output of another resource. */
import type * as pulumi from "@pulumi/pulumi";
import type { Asset } from "../../lifecycle/asset";

/** The inputs of a resource. Each may be known now or later, at any depth, and may be undefined explicitly. */
export type Inputs<Plain> = { [Key in keyof Plain]: pulumi.Input<Given<Plain[Key]>> | undefined };

type Given<Plain> = Plain extends Asset ? pulumi.asset.Asset : Plain extends object ? Inputs<Plain> : Plain;
