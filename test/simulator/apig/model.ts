import type { Identified } from "./table";
import type { Timeline } from "./timeline";
import type { ApiDefinition } from "./schemas/api";

/** The rows of an instance, one for each object. Times are ISO 8601 in UTC, in whole seconds. */

export interface Group extends Identified {
  readonly name: string;
  readonly remark: string;
  readonly isDefault: boolean;
  /** Whether the group is reached under its sub domain. */
  readonly subDomainOpen: boolean;
  readonly registered: string;
  readonly updated: string;
}

/** The definition as it is edited. The gateway serves the copy in the current `Version`. */
export interface Api extends Identified {
  readonly definition: ApiDefinition;
  readonly registered: string;
  readonly updated: string;
}

export interface Environment extends Identified {
  readonly name: string;
  readonly remark: string;
  readonly created: string;
}

/** A variable of a group's back ends, with a value for each environment. */
export interface Variable extends Identified {
  readonly groupId: string;
  readonly environmentId: string;
  readonly name: string;
  readonly value: string;
}

/** One publication of an API in an environment; the newest is current until the API is taken offline there. */
export interface Version extends Identified {
  readonly publishId: string;
  readonly apiId: string;
  readonly environmentId: string;
  /** `20200803093600`: when it was published. */
  readonly number: string;
  readonly remark: string;
  readonly published: string;
  readonly current: boolean;
  readonly definition: ApiDefinition;
}

export interface App extends Identified {
  readonly name: string;
  readonly remark: string;
  readonly key: string;
  readonly secret: string;
  readonly registered: string;
  readonly updated: string;
}

export interface AppCode extends Identified {
  readonly appId: string;
  readonly value: string;
  readonly created: string;
}

/** An app's right to call an API in an environment. */
export interface Authorization extends Identified {
  readonly apiId: string;
  readonly appId: string;
  readonly environmentId: string;
  readonly authorized: string;
}

/** A custom authorizer as a definition file describes it: `x-apigateway-authorizer`. */
export interface Authorizer extends Identified {
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface Task extends Identified {
  readonly status: "succeed" | "failed";
  readonly result: string;
}

/** What the gateway serves: an API as it was published. */
export interface Served {
  readonly apiId: string;
  readonly environmentId: string;
  readonly definition: ApiDefinition;
}

/** One instance, as saved. */
export interface InstanceState {
  readonly groups: Record<string, Group>;
  readonly apis: Record<string, Api>;
  readonly environments: Record<string, Environment>;
  readonly variables: Record<string, Variable>;
  readonly versions: Record<string, Version>;
  readonly apps: Record<string, App>;
  readonly appCodes: Record<string, AppCode>;
  readonly authorizations: Record<string, Authorization>;
  /** Newer than the other fields: states that were saved before do not have it. */
  authorizers?: Record<string, Authorizer>;
  readonly tasks: Record<string, Task>;
  readonly traffic: {
    /** Code value -> ids of the codes with that value and of their apps. */
    readonly codes: Timeline<{ codeId: string; appId: string }>;
    /** `app/api/environment` -> true. */
    readonly authorizations: Timeline<true>;
    /** Group id -> the APIs served under its domain. */
    readonly routes: Timeline<Served>;
  };
}
