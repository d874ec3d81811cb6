/** What an instance and a BK-CI project hold, as far as a program can say it. No secret is among it. */

export interface Found {
  readonly region: string;
  readonly projectId: string;
  readonly instanceId: string;
  readonly environments: readonly FoundEnvironment[];
  readonly groups: readonly FoundGroup[];
  readonly apps: readonly FoundApp[];
  readonly authorizations: readonly FoundAuthorization[];
  /** The BK-CI project that was read. */
  readonly bkciProject: string | undefined;
  readonly credentials: readonly FoundCredential[];
  /** The parts that could not be read, in a sentence each. */
  readonly missing: readonly string[];
}

interface Named {
  readonly id: string;
  readonly name: string;
  /** Empty for none. */
  readonly remark: string;
}

export type FoundEnvironment = Named;

export interface FoundApp extends Named {
  readonly codeIds: readonly string[];
}

export interface FoundGroup extends Named {
  /** Whether it is the group that every instance has. */
  readonly isDefault: boolean;
  readonly apis: readonly FoundApi[];
  readonly definition: Definition;
}

export interface FoundApi {
  readonly id: string;
  readonly name: string;
  /** `GET /orders/{id}`. */
  readonly key: string;
  /** Ids of the environments where it is published. */
  readonly envIds: readonly string[];
  /** Ids of those where it is published as it was before its last change. */
  readonly staleIn: readonly string[];
}

/** The definition of a group. */
export interface Definition {
  /** YAML; undefined if no API of the group can be in it. */
  readonly text: string | undefined;
  /** Ids of the APIs in it. */
  readonly apiIds: ReadonlySet<string>;
  /** What it does not say, a line each. */
  readonly notes: readonly string[];
}

export interface FoundAuthorization {
  readonly appId: string;
  readonly apiId: string;
  readonly envId: string;
}

export interface FoundCredential {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly remark: string;
}
