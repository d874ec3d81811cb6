/**
 * Where a Huawei Cloud object lives: region, project and, for APIG, the instance.
 *
 * The place is recorded in state. Everything after the create addresses that place and never the current settings,
 * because the engine runs the delete of a replaced object with the new settings.
 */
import { z } from "zod";
import type { Instance } from "../../clients/apig/instance";
import type { Connection } from "../../settings/connection";

/** The place as it is declared: inputs that `check` fills in from the settings. */
export interface DeclaredPlace {
  readonly region: string;
  /** Id or, where the settings have none, name of the project. */
  readonly project: string;
}

/** The place as it is recorded in the outputs. */
export interface RecordedPlace {
  readonly region: string;
  readonly projectId: string;
  /** The name that the project id was looked up by; absent when the id itself was declared. */
  readonly project: string | undefined;
}

/** An instance together with the place that calls to it go to. */
export interface PlacedInstance extends Instance {
  /** What it is reached by: one for all resources of a process. */
  readonly connection: Connection;
  readonly place: RecordedPlace;
}

export const placeInputs = { region: z.string(), project: z.string() };
export const placeKeys = Object.keys(placeInputs);

/** The instance input that every APIG resource has. */
export const instanceInput = {
  instanceId: z
    .string({
      error:
        "set it here, as huaweicloud:instanceId in the stack's config, or as HW_APIG_INSTANCE_ID in the environment",
    })
    .min(1),
};

/** The place that the settings name. */
export function declarePlace(connection: Connection): DeclaredPlace {
  const { region, projectId, projectName } = connection.declaredPlace();
  return { region, project: projectId ?? projectName ?? region };
}

/** The place and the instance that the settings name. */
export function declareInstance(connection: Connection): DeclaredPlace & { instanceId: string | undefined } {
  return { ...declarePlace(connection), instanceId: connection.settings.huaweicloud.instanceId };
}

/** The project id behind the declared place, looked up where only a name is known. */
export async function recordPlace(declared: DeclaredPlace, connection: Connection): Promise<RecordedPlace> {
  const { projectId } = await connection.resolvePlace();
  const { region, project } = declared;
  return { region, projectId, project: project === projectId ? undefined : project };
}

/** Which parts of the place are others than the recorded ones. A name and an id of one project are no difference. */
export async function placeDifferences(
  old: RecordedPlace,
  inputs: DeclaredPlace,
  connection: Connection,
): Promise<string[]> {
  if (inputs.region !== old.region) return ["region"];
  if (inputs.project === old.project || inputs.project === old.projectId) return [];
  const { projectId } = await connection.resolvePlace();
  return projectId === old.projectId ? [] : ["project"];
}

/** The instance an object lives in: the recorded one, or for a `.get()` the one of the id in the settings' place. */
export async function openInstance(
  connection: Connection,
  place: RecordedPlace | undefined,
  instanceId: string,
): Promise<PlacedInstance> {
  const { region, project, projectId } = place ?? (await recordPlace(declarePlace(connection), connection));
  // Only these: `place` may be a whole old state, which must not get into new outputs.
  const at = { region, project, projectId };
  return { connection, caller: connection.huawei(at), instanceId, place: at };
}
