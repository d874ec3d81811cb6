import { randomUUID } from "node:crypto";
import type { World } from "../core/types";
import { deletion, missing, quota, taken } from "./errors";
import { DEFAULT_KMS_KEY, type Secret, type Version } from "./model";
import type { Project } from "./project";

const DAY = 24 * 60 * 60 * 1000;

/** What CreateSecret and seeds may set; everything but name and value has a default. */
export type Draft = Pick<Secret, "name"> &
  Partial<
    Pick<
      Secret,
      | "id"
      | "kmsKeyId"
      | "description"
      | "type"
      | "autoRotation"
      | "rotationPeriod"
      | "rotationConfig"
      | "rotationFuncUrn"
      | "eventSubscriptions"
      | "enterpriseProjectId"
      | "tags"
      | "state"
    >
  > & { value: Version["value"] };

/** Makes a secret with its first version; the caller stores it. */
export function newSecret(world: World, { value, ...draft }: Draft): Secret {
  const now = world.now();
  const kmsKeyId = draft.kmsKeyId ?? DEFAULT_KMS_KEY;
  return {
    id: randomUUID(),
    state: "ENABLED",
    description: "",
    createTime: now,
    updateTime: now,
    scheduledDeleteTime: null,
    type: "COMMON",
    autoRotation: false,
    eventSubscriptions: [],
    enterpriseProjectId: "0",
    tags: [],
    ...draft,
    kmsKeyId,
    versions: [{ id: "v1", createTime: now, expireTime: null, kmsKeyId, stages: ["SYSCURRENT"], value }],
  };
}

export function createSecret(world: World, project: Project, draft: Draft): Secret {
  if (project.named(draft.name) !== undefined) throw taken();
  if (project.size >= (world.quotas["secrets"] ?? Infinity)) throw quota.secrets();
  const secret = newSecret(world, draft);
  project.put(secret);
  return secret;
}

/** The secret with that name, in any state. */
export function secretNamed(project: Project, name: string): Secret {
  const secret = project.named(name);
  if (secret === undefined) throw missing.name();
  return secret;
}

/** The secret with that name, unless its deletion is scheduled. */
export function usableSecret(project: Project, name: string): Secret {
  const secret = secretNamed(project, name);
  if (secret.state === "PENDING_DELETE") throw deletion.pending();
  return secret;
}

export type Change = Partial<
  Pick<
    Secret,
    "kmsKeyId" | "description" | "autoRotation" | "rotationPeriod" | "rotationFuncUrn" | "eventSubscriptions"
  >
>;

export function updateSecret(world: World, project: Project, name: string, change: Change): Secret {
  const secret = Object.assign(usableSecret(project, name), change, { updateTime: world.now() });
  project.put(secret);
  return secret;
}

/** @param days the recovery window, 7 to 30 */
export function scheduleDeletion(world: World, project: Project, name: string, days: number): Secret {
  const secret = secretNamed(project, name);
  if (secret.state === "PENDING_DELETE") throw deletion.already();
  Object.assign(secret, { state: "PENDING_DELETE", scheduledDeleteTime: world.now() + days * DAY });
  project.put(secret);
  return secret;
}

export function cancelDeletion(project: Project, name: string): Secret {
  const secret = secretNamed(project, name);
  if (secret.state !== "PENDING_DELETE") throw deletion.not();
  Object.assign(secret, { state: "ENABLED", scheduledDeleteTime: null });
  project.put(secret);
  return secret;
}
