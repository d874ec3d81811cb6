/**
 * The place of a Huawei Cloud object: region, project and, for APIG, the instance.
 *
 * The place is recorded in state. All calls after the create use the recorded place and never the present settings,
 * because the engine deletes a replaced object with the new settings.
 */
import { z } from "zod";
import type { Instance } from "../../clients/apig/instance";
import type { Connection } from "../../settings/connection";
import { spell } from "../../settings/keys";

/** The declared place: inputs that `check` sets from the settings. */
export interface DeclaredPlace {
  readonly region: string;
  /** Id of the project or, if the settings have none, its name. */
  readonly project: string;
}

/** The place that is recorded in the outputs. */
export interface RecordedPlace {
  readonly region: string;
  readonly projectId: string;
  /** The name with which the project id was looked up. Undefined if the id itself was declared. */
  readonly project: string | undefined;
}

/** An instance with its place. */
export interface PlacedInstance extends Instance {
  /** The connection for its calls: one for all resources of a process. */
  readonly connection: Connection;
  readonly place: RecordedPlace;
}

export const placeInputs = { region: z.string(), project: z.string() };
export const placeKeys = Object.keys(placeInputs);

/** The instance input that every APIG resource has. */
export const instanceInput = {
  instanceId: z
    .string({
      error: () => `set it here, or for all resources as ${spell("huaweicloud:instanceId")}`,
    })
    .min(1),
};

/** The place of the settings. */
export function declarePlace(connection: Connection): DeclaredPlace {
  const { region, projectId, projectName } = connection.declaredPlace();
  return { region, project: projectId ?? projectName ?? region };
}

/** The place and the instance of the settings. */
export function declareInstance(connection: Connection): DeclaredPlace & { instanceId: string | undefined } {
  return { ...declarePlace(connection), instanceId: connection.settings.huaweicloud.instanceId };
}

/** The declared place with its project id, which is looked up if only a name is known. */
export async function recordPlace(declared: DeclaredPlace, connection: Connection): Promise<RecordedPlace> {
  const { projectId } = await connection.resolvePlace();
  const { region, project } = declared;
  return { region, projectId, project: project === projectId ? undefined : project };
}

/** Compares the declared place with the recorded one, and names the parts that differ. Name and id of one project are equal. */
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

/** The instance of an object: in its recorded place or, for a `.get()`, in the place of the settings. */
export async function openInstance(
  connection: Connection,
  place: RecordedPlace | undefined,
  instanceId: string,
): Promise<PlacedInstance> {
  const { region, project, projectId } = place ?? (await recordPlace(declarePlace(connection), connection));
  // Only these three: `place` may be a whole old state, which must not get into new outputs.
  const at = { region, project, projectId };
  return { connection, caller: connection.huawei(at), instanceId, place: at };
}
