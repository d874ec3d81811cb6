/** What the classes of all types have in common. */
import * as pulumi from "@pulumi/pulumi";
import { idPart } from "../../resources/shared/ids";
import { shellOf, type TypeName } from "./shells";

/** What the class of a type says of it. */
interface Declared {
  readonly type: TypeName;
  /** Every output by name, because the SDK resolves only outputs that are named. */
  readonly outputs: readonly string[];
  /** Inputs that are secret, also when they are given as plain literals, and so are the outputs of these names. */
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
   * @param id of the form that the class names
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
 * The n-th part of a resource's id, for others to build on: known in the preview of an update, where other outputs are not,
 * and in the preview of a `.get()`. There the id is the given one, once the look-up has found it: newer SDKs under older
 * engines take the resource's own for unknown.
 */
export function idOutput(
  resource: pulumi.CustomResource,
  opts: pulumi.CustomResourceOptions | undefined,
  index: number,
): pulumi.Output<string> {
  const id = opts?.id === undefined ? resource.id : pulumi.all([opts.id, resource.urn]).apply(([given]) => given);
  return id.apply((text) => idPart(text, index));
}

/** What was not given stays so. */
function secret(value: unknown): unknown {
  return value === undefined ? undefined : pulumi.secret(value);
}
