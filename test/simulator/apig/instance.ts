import { createHash } from "node:crypto";
import type { World } from "../core/types";
import { missing } from "./errors";
import type {
  Api,
  App,
  AppCode,
  Authorization,
  Authorizer,
  Environment,
  Group,
  InstanceState,
  Task,
  Variable,
  Version,
} from "./model";
import { Table } from "./table";
import { emptyTimeline } from "./timeline";

/** Sample value of the pages. */
export const releaseId = "DEFAULT_ENVIRONMENT_RELEASE_ID";

const groupKeys = { name: (group: Group) => group.name };
const apiKeys = {
  group: ({ definition }: Api) => definition.group_id,
  name: ({ definition }: Api) => inGroup(definition.group_id, definition.name),
  route: ({ definition }: Api) => routeKey(definition),
};
const environmentKeys = { name: (environment: Environment) => environment.name };
const variableKeys = { group: (variable: Variable) => variable.groupId };
const versionKeys = {
  api: (version: Version) => version.apiId,
  environment: (version: Version) => (version.current ? version.environmentId : ""),
};
const appKeys = { name: (app: App) => app.name, key: (app: App) => app.key };
const appCodeKeys = { app: (code: AppCode) => code.appId };
const authorizationKeys = {
  app: (authorization: Authorization) => authorization.appId,
  api: (authorization: Authorization) => authorization.apiId,
  all: ({ appId, apiId, environmentId }: Authorization) => authorizationKey(appId, apiId, environmentId),
};

const authorizerKeys = { content: ({ fields }: Authorizer) => JSON.stringify(fields) };

export const inGroup = (groupId: string, name: string): string => `${groupId} ${name}`;

/** The key that must be unique in a group. */
export const routeKey = (api: { group_id: string; req_method: string; req_uri: string; match_mode: string }): string =>
  inGroup(api.group_id, `${api.req_method} ${api.match_mode} ${api.req_uri}`);

export const authorizationKey = (appId: string, apiId: string, environmentId: string): string =>
  `${appId}/${apiId}/${environmentId}`;

/** One APIG instance: its tables, and the simulator's world. */
export class Instance {
  readonly groups;
  readonly apis;
  readonly environments;
  readonly variables;
  readonly versions;
  readonly apps;
  readonly appCodes;
  readonly authorizations;
  readonly authorizers;
  readonly tasks;
  readonly traffic: InstanceState["traffic"];

  constructor(
    readonly world: World,
    state: InstanceState,
  ) {
    this.groups = new Table(state.groups, groupKeys);
    this.apis = new Table(state.apis, apiKeys);
    this.environments = new Table(state.environments, environmentKeys);
    this.variables = new Table(state.variables, variableKeys);
    this.versions = new Table(state.versions, versionKeys);
    this.apps = new Table(state.apps, appKeys);
    this.appCodes = new Table(state.appCodes, appCodeKeys);
    this.authorizations = new Table(state.authorizations, authorizationKeys);
    this.authorizers = new Table<Authorizer, "content">((state.authorizers ??= {}), authorizerKeys);
    this.tasks = new Table<Task>(state.tasks, {});
    this.traffic = state.traffic;
  }

  /** The time as the answers show it, to the second. */
  time(): string {
    return new Date(this.world.now()).toISOString().replace(/\.\d+Z$/u, "Z");
  }

  /** When a change made now takes effect at the gateway. */
  effective(): number {
    return this.world.now() + this.world.options.gatewayDelay;
  }

  limit(name: string): number {
    return this.world.quotas[name] ?? Infinity;
  }
}

/** The whole service: instances by `project/instance`. */
export type State = Record<string, InstanceState>;

/** Every instance comes with a DEFAULT group, whose id must survive restarts, and a RELEASE environment. */
function newState(world: World, instanceId: string): InstanceState {
  const now = new Date(world.now()).toISOString().replace(/\.\d+Z$/u, "Z");
  const groupId = createHash("sha256").update(`default group of ${instanceId}`).digest("hex").slice(0, 32);
  return {
    groups: {
      [groupId]: {
        id: groupId,
        name: "DEFAULT",
        remark: "",
        isDefault: true,
        subDomainOpen: true,
        registered: now,
        updated: now,
      },
    },
    apis: {},
    environments: { [releaseId]: { id: releaseId, name: "RELEASE", remark: "", created: now } },
    variables: {},
    versions: {},
    apps: {},
    appCodes: {},
    authorizations: {},
    tasks: {},
    traffic: { codes: emptyTimeline(), authorizations: emptyTimeline(), routes: emptyTimeline() },
  };
}

/** Look-ups are made once for each state object. A reset makes a new state object, and so new look-ups. */
const open = new WeakMap<InstanceState, Instance>();

export function instanceOf(world: World, projectId: string, instanceId: string): Instance {
  if (!world.places.some((place) => place.projectId === projectId && place.instanceId === instanceId)) {
    throw missing.instance(instanceId);
  }
  const state = (world.store<State>("apig", () => ({}))[`${projectId}/${instanceId}`] ??= newState(world, instanceId));
  let instance = open.get(state);
  if (instance === undefined) {
    instance = new Instance(world, state);
    open.set(state, instance);
  }
  return instance;
}
