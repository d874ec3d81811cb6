/** The common part of all resource classes. */
import * as pulumi from "@pulumi/pulumi";
import { idPart } from "../../resources/shared/ids";
import { shellOf, type TypeName } from "./shells";

/** What a resource class declares. */
interface Declared {
  readonly type: TypeName;
  /** The names of all outputs: the SDK resolves no others. */
  readonly outputs: readonly string[];
  /**
   * Names of inputs that are secret even if they are given as plain literals. Outputs with these names are secret, too.
   */
  readonly secrets?: readonly string[];
}

/** A resource of this package. */
export abstract class ApigResource extends pulumi.dynamic.Resource {
  /** @internal */
  constructor(
    { type, outputs, secrets = [] }: Declared,
    name: string,
    args: object,
    opts: pulumi.CustomResourceOptions | undefined,
  ) {
    refuseImport(opts);
    const marked = secrets.map((key) => [key, secret((args as Readonly<Record<string, unknown>>)[key])] as const);
    super(
      shellOf(type),
      name,
      { ...Object.fromEntries(outputs.map((key) => [key, undefined])), ...args, ...Object.fromEntries(marked) },
      secrets.length === 0 ? opts : pulumi.mergeOptions({ additionalSecretOutputs: [...secrets] }, opts),
      "apig",
      type,
    );
  }

  /**
   * Looks up an object that exists, without managing it.
   *
   * @param id in the form that the class documents
   */
  static get<Found>(
    this: new (name: string, args: never, opts?: pulumi.CustomResourceOptions) => Found,
    name: string,
    id: pulumi.Input<pulumi.ID>,
    opts?: pulumi.CustomResourceOptions,
  ): Found {
    return new this(name, {} as never, { ...opts, id });
  }
}

/**
 * One part of a resource's id, as an output for other resources. It is known in the preview of an update, where other
 * outputs are not, and in the preview of a `.get()`. A `.get()` uses the given id once the object is found, because
 * newer SDKs under older engines report the resource's own id as unknown.
 */
export function idOutput(
  resource: pulumi.CustomResource,
  opts: pulumi.CustomResourceOptions | undefined,
  index: number,
): pulumi.Output<string> {
  const id = opts?.id === undefined ? resource.id : pulumi.all([opts.id, resource.urn]).apply(([given]) => given);
  return id.apply((text) => idPart(text, index));
}

/**
 * Refuses the option `import`: the engine then reads an object without the text in state that is its provider.
 *
 * @throws RunError: the program ends with its message, without a stack trace
 */
export function refuseImport(opts: pulumi.CustomResourceOptions | undefined): void {
  if (opts?.import === undefined) return;
  throw new pulumi.RunError(
    "the option `import` does not work with the classes of pulumi-apig. Take over what exists with the input " +
      "`adopt: true`, or use the plugin, which can import: docs/plugin.md",
  );
}

/** Makes a value secret; undefined stays undefined. */
function secret(value: unknown): unknown {
  return value === undefined ? undefined : pulumi.secret(value);
}
