/**
 * Environment: where APIs are published. Every instance comes with one, `RELEASE`, whose id is
 * `DEFAULT_ENVIRONMENT_RELEASE_ID`; that one needs no resource.
 */
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import * as environments from "../clients/apig/environments";
import type { Definition } from "../lifecycle";
import { GoneError } from "../lifecycle/errors";
import shell = require("../shells/environment");
import { createOnce } from "./create-once";
import { formatId, idPart, parseId } from "./ids";
import { keysIn } from "./natural-keys";
import { idOutput } from "./id-output";
import { properties, type Input } from "./inputs";
import {
  declareInstance,
  instanceInput,
  openInstance,
  placeDifferences,
  placeInputs,
  placeKeys,
  recordPlace,
  type PlacedInstance,
  type RecordedPlace,
} from "./place";
import { remarkInput, remarkSeen } from "./remark";

/** Inputs of an {@link Environment}. */
export interface EnvironmentArgs {
  /** 3 to 64 letters, digits and underscores, first a letter. Unique in the instance. */
  name: Input<string>;
  /** At most 255 characters. Default: none. One that is removed again may stay: the service does not clear remarks. */
  remark?: Input<string>;
  /** Takes over the environment of this name, if there is one, instead of failing. Default: false. */
  adopt?: Input<boolean>;
  /** The APIG instance. Default: `huaweicloud:instanceId`. A change replaces. */
  instanceId?: Input<string>;
}

const inputs = z.object({
  ...placeInputs,
  ...instanceInput,
  ...remarkInput,
  name: z
    .string()
    .regex(/^[A-Za-z]\w{2,63}$/, "must have 3 to 64 letters, digits or underscores, and start with a letter"),
  adopt: z.boolean().optional(),
});

type Args = z.infer<typeof inputs>;
type State = Args & RecordedPlace;

/** @internal */
export const environment: Definition<Args, State> = {
  type: "Environment",
  inputs,
  resolved: placeKeys,
  secrets: [],
  replaceOn: [...placeKeys, "instanceId"],
  notCompared: [...placeKeys, "adopt"],

  wants: (args) => keysIn(args, ["the environment named", args.name]),
  holds: (id, state) => keysIn(state, ["environment", idPart(id, 1)]),

  defaults: declareInstance,
  differences: placeDifferences,

  async create(args, connection) {
    const place = await recordPlace(args, connection);
    const instance = await openInstance(connection, place, args.instanceId);
    const existing = args.adopt ? await environments.findEnvironment(instance, args.name) : undefined;
    const made = existing
      ? await environments.updateEnvironment(instance, existing.id, body(args))
      : await createEnvironment(args, instance);
    return { id: formatId(args.instanceId, made.id), outputs: place };
  },

  async read(id, old, connection) {
    const { instance: instanceId, environment: envId } = parseId(id, ["instance", "environment"]);
    const instance = await openInstance(connection, old, instanceId);
    const found = await environments.showEnvironment(instance, envId);
    if (!found) throw new GoneError(`Instance ${instanceId} has no environment ${envId}.`);
    return { ...instance.place, instanceId, name: found.name, remark: remarkSeen(found.remark, old) };
  },

  async update(id, old, args, connection) {
    const { environment: envId } = parseId(id, ["instance", "environment"]);
    const instance = await openInstance(connection, old, old.instanceId);
    await environments.updateEnvironment(instance, envId, body(args));
    return instance.place;
  },

  async delete(id, old, connection) {
    const { environment: envId } = parseId(id, ["instance", "environment"]);
    await environments.deleteEnvironment(await openInstance(connection, old, old.instanceId), envId);
  },
};

function createEnvironment(args: Args, instance: PlacedInstance): Promise<environments.Environment> {
  return createOnce(
    instance.caller,
    () => environments.createEnvironment(instance, body(args)),
    () => environments.findEnvironment(instance, args.name),
    ({ id, name }) => `an environment named ${name} (${id})`,
  );
}

function body({ name, remark = "" }: Args): environments.EnvironmentBody {
  return { name, remark };
}

/**
 * Where APIs are published and called: each publication and each authorization is for one environment.
 * `CreateEnvironmentV2` and its list, update and delete.
 *
 * A create fails if the name is taken (APIG.3205: see `adopt`) or the instance holds as many environments as it may
 * (APIG.3104), a delete while APIs are published in it (APIG.3418).
 *
 * ```ts
 * const testing = new apig.Environment("testing", { name: "testing" });
 * ```
 */
export class Environment extends pulumi.dynamic.Resource {
  /** Id of the environment. */
  readonly envId: pulumi.Output<string>;
  /** The name. Callers choose an environment by it, in the header `X-Stage`. */
  declare readonly name: pulumi.Output<string>;
  /** The remark. */
  declare readonly remark: pulumi.Output<string | undefined>;
  /** The APIG instance. */
  declare readonly instanceId: pulumi.Output<string>;

  constructor(name: string, args: EnvironmentArgs, opts?: pulumi.CustomResourceOptions) {
    super(shell, name, properties(["name", "remark", "instanceId"], args), opts, "apig", "Environment");
    this.envId = idOutput(this, opts, 1);
  }

  /**
   * Looks up an environment that exists, without managing it.
   *
   * @param id `instance/environment`
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Environment {
    return new Environment(name, {} as EnvironmentArgs, { ...opts, id });
  }
}
