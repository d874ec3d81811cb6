/**
 * Environment: where APIs are published. Every instance has the environment `RELEASE` with the id
 * `DEFAULT_ENVIRONMENT_RELEASE_ID`, which needs no resource.
 */
import * as environments from "../../clients/apig/environments";
import type { ResourceType } from "../../lifecycle/contract";
import { GoneError } from "../../lifecycle/errors";
import { inputs, type Args, type State } from "./inputs";
import { demandMaking, foundToAdopt, nothingToAdopt } from "../shared/adopt";
import { createOnce } from "../shared/create-once";
import { formatId, idPart, parseId } from "../shared/ids";
import { lookedUpOnce } from "../shared/looked-up";
import { keysIn } from "../shared/natural-keys";
import {
  declareInstance,
  openInstance,
  placeDifferences,
  placeKeys,
  recordPlace,
  type PlacedInstance,
} from "../shared/place";
import { remarkChange, remarkSeen } from "../shared/remark";

/** @internal */
export const environment: ResourceType<Args, State> = {
  type: "Environment",
  inputs,
  resolved: placeKeys,
  secrets: [],
  idOutputs: ["instanceId", "envId"],
  computed: [],
  replaceOn: [...placeKeys, "instanceId"],
  notCompared: [...placeKeys, "adopt"],

  wants: (args) => keysIn(args, ["the environment named", args.name]),
  holds: (id, state) => keysIn(state, ["environment", idPart(id, 1)]),

  defaults: declareInstance,
  differences: placeDifferences,

  async adoption(args, connection) {
    if (args.name === undefined || args.instanceId === undefined) return undefined;
    const instance = await openInstance(connection, undefined, args.instanceId);
    const look = () => environments.listEnvironments(instance);
    const all = await lookedUpOnce(connection, `environments ${args.instanceId}`, look);
    const found = all.find(({ name }) => name === args.name);
    if (found === undefined) return nothingToAdopt(nameOf(args), args.adopt);
    return foundToAdopt(nameOf(args), found.id, remarkChange(found.remark, args.remark));
  },

  async create(args, connection) {
    const place = await recordPlace(args, connection);
    const instance = await openInstance(connection, place, args.instanceId);
    const existing = args.adopt ? await environments.findEnvironment(instance, args.name) : undefined;
    const made = existing ? await takeOver(existing, args, instance) : await createEnvironment(args, instance);
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

/** Writes only what differs. */
async function takeOver(existing: environments.Environment, args: Args, instance: PlacedInstance) {
  if (remarkChange(existing.remark, args.remark).length === 0) return existing;
  return environments.updateEnvironment(instance, existing.id, body(args));
}

function nameOf({ name, instanceId }: Partial<Args>): string {
  return `Environment ${JSON.stringify(name)} in instance ${instanceId}`;
}

async function createEnvironment(args: Args, instance: PlacedInstance): Promise<environments.Environment> {
  demandMaking(nameOf(args), args.adopt);
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
