import * as pulumi from "@pulumi/pulumi";

/** An input that may also be left undefined explicitly. */
export type Input<T> = pulumi.Input<T> | undefined;

/** Marks an input as secret, also when it was given as a plain literal; what was not given stays so. */
export function secret<T>(value: Input<T>): pulumi.Output<pulumi.Unwrap<T>> | undefined {
  return value === undefined ? undefined : pulumi.secret(value);
}

/**
 * The properties of a resource for the engine: its inputs, and every output by name, because the SDK resolves only
 * outputs that are named.
 */
export function properties(outputs: readonly string[], args: object): Record<string, unknown> {
  return { ...Object.fromEntries(outputs.map((name) => [name, undefined])), ...args };
}
