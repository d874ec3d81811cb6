import type { World } from "../core/types";

export interface Tag {
  key: string;
  value: string;
}

export interface Version {
  /** `v1`, `v2` and so on. */
  id: string;
  createTime: number;
  expireTime: number | null;
  kmsKeyId: string;
  stages: string[];
  /** Exactly one of the two; binary is Base64. */
  value: { secret_string: string } | { secret_binary: string };
}

/** Times are milliseconds since 1970; the answers convert them. */
export interface Secret {
  id: string;
  name: string;
  state: "ENABLED" | "DISABLED" | "PENDING_DELETE" | "FROZEN";
  kmsKeyId: string;
  description: string;
  createTime: number;
  updateTime: number;
  scheduledDeleteTime: number | null;
  type: string;
  autoRotation: boolean;
  rotationPeriod?: string;
  rotationConfig?: string;
  rotationFuncUrn?: string;
  eventSubscriptions: string[];
  enterpriseProjectId: string;
  tags: Tag[];
  versions: Version[];
}

/** Secrets by project and name. */
export type CsmsState = Record<string, Record<string, Secret>>;

export const csmsState = (world: World): CsmsState =>
  world.store<CsmsState>("csms", () => Object.fromEntries(world.places.map(({ projectId }) => [projectId, {}])));

/** Stands for the default master key that CSMS makes when a secret names none. */
export const DEFAULT_KMS_KEY = "0d0466b0-e727-4d9c-b35d-f84bb474a37f";
