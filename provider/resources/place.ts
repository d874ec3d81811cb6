/**
 * Where a Huawei Cloud object lives: region, project and, for APIG, the instance.
 *
 * The place is recorded in state. Everything after the create addresses that place and never the current settings,
 * because the engine runs the delete of a replaced object with the new settings.
 */
import { z } from "zod";
import type { Instance } from "../clients/apig/instance";
import type { Connection } from "../connection";
import { ApiError } from "../http/errors";
import type { Caller } from "../http/operation";
import { spell } from "../settings";

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
  return { caller: sceptical(connection.huawei(at), connection, at, instanceId), instanceId, place: at };
}

/**
 * An APIG address from the settings serves one region: the settings' one. When an object is recorded in another, that
 * address may not know its instance, and this must not be taken for a deleted object.
 */
function sceptical(caller: Caller, { settings }: Connection, place: RecordedPlace, instanceId: string): Caller {
  const { endpoints, region = "none" } = settings.huaweicloud;
  if (endpoints.apig === undefined || region === place.region) return caller;
  return {
    moment: (service) => caller.moment(service),
    again: (tries) => caller.again(tries),
    call: (operation, args) =>
      caller.call(operation, args).catch((error: unknown) => {
        if (!(error instanceof ApiError) || error.code !== "APIG.3030") throw error;
        throw new Error(
          `could not ${operation.action} ${args?.subject ?? ""}: the address in ${spell("huaweicloud:endpoints")} does not know the instance ` +
            `${instanceId} (APIG.3030, HTTP 404, request ${error.requestId ?? "unknown"}). The object is recorded in region ` +
            `${place.region}, but the settings are for ${region}: set ${spell("huaweicloud:region")} and endpoints to ` +
            "those of the recorded region. If the instance is gone for good, run `pulumi state delete`.",
          { cause: error },
        );
      }),
  };
}
