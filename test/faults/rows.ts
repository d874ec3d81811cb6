/** What the services really hold: the rows of the simulator's state. */
import type * as model from "../simulator/apig/model";
import type { Credential } from "../simulator/bkci/state";
import type { CsmsState, Secret } from "../simulator/csms/model";
import type { TestSimulator } from "../simulator/open";

/** The objects of the first instance and the first BK-CI project. */
export interface Rows {
  readonly groups: readonly model.Group[];
  readonly apis: readonly model.Api[];
  readonly environments: readonly model.Environment[];
  /** What is published now, without earlier publications. */
  readonly published: readonly model.Version[];
  readonly apps: readonly model.App[];
  readonly codes: readonly model.AppCode[];
  readonly authorizations: readonly model.Authorization[];
  readonly credentials: readonly (Credential & { readonly id: string })[];
  readonly secrets: readonly Secret[];
}

export async function rowsOf(simulator: TestSimulator): Promise<Rows> {
  const { projectId, instanceId, bkciProjectId } = simulator.info;
  const state = (await simulator.control.state()) as {
    apig: Record<string, model.InstanceState>;
    bkci: { credentials: Record<string, Record<string, Credential>> };
    csms: CsmsState;
  };
  const instance = state.apig[`${projectId}/${instanceId}`];
  if (instance === undefined) throw new Error("the simulator has lost its instance");
  return {
    groups: Object.values(instance.groups),
    apis: Object.values(instance.apis),
    environments: Object.values(instance.environments),
    published: Object.values(instance.versions).filter(({ current }) => current),
    apps: Object.values(instance.apps),
    codes: Object.values(instance.appCodes),
    authorizations: Object.values(instance.authorizations),
    credentials: Object.values(state.bkci.credentials[bkciProjectId] ?? {}).map((each) => ({
      ...each,
      id: each.credentialId,
    })),
    secrets: Object.values(state.csms[projectId] ?? {}),
  };
}
