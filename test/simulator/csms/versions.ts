import type { World } from "../core/types";
import { missing, notEnabled, quota } from "./errors";
import type { Secret, Version } from "./model";
import type { Project } from "./project";
import { usableSecret } from "./secrets";

const MAX_STAGES = 12;

export interface NewVersion {
  readonly value: Version["value"];
  readonly stages: readonly string[];
  readonly expireTime: number | null;
}

/** Adds a version. It gets SYSCURRENT and its own stages from the versions that had them. */
export function addVersion(world: World, project: Project, name: string, made: NewVersion): Version {
  const secret = usableSecret(project, name);
  const custom = made.stages.filter((stage) => !stage.startsWith("SYS"));
  const inUse = new Set([...secret.versions.flatMap(({ stages }) => stages), ...custom, "SYSCURRENT", "SYSPREVIOUS"]);
  if (inUse.size > MAX_STAGES) throw quota.stages();
  for (const version of secret.versions) version.stages = inherited(version, custom);
  const version: Version = {
    id: `v${secret.versions.length + 1}`,
    createTime: world.now(),
    expireTime: made.expireTime,
    kmsKeyId: secret.kmsKeyId,
    stages: ["SYSCURRENT", ...custom],
    value: made.value,
  };
  secret.versions.push(version);
  secret.updateTime = world.now();
  project.put(secret);
  return version;
}

/** The stages that an older version keeps: the current one becomes the previous one, and the previous one loses its stage. */
function inherited({ stages }: Version, moved: readonly string[]): string[] {
  const kept = stages.filter((stage) => !stage.startsWith("SYS") && !moved.includes(stage));
  return stages.includes("SYSCURRENT") ? ["SYSPREVIOUS", ...kept] : kept;
}

function enabledSecret(project: Project, name: string): Secret {
  const secret = usableSecret(project, name);
  if (secret.state !== "ENABLED") throw notEnabled();
  return secret;
}

/** Changes the expiration time of a version. */
export function expireVersion(project: Project, name: string, id: string, expireTime: number): Version {
  const secret = enabledSecret(project, name);
  const version = secret.versions.find((each) => each.id === id);
  if (version === undefined) throw missing.resource();
  version.expireTime = expireTime;
  project.put(secret);
  return version;
}

/** @param id a version, a stage's name or `latest`; only enabled secrets show their values */
export function readVersion(project: Project, name: string, id: string): { secret: Secret; version: Version } {
  const secret = enabledSecret(project, name);
  const wanted = id === "latest" ? "SYSCURRENT" : id;
  const version = secret.versions.find((each) => each.id === wanted || each.stages.includes(wanted));
  if (version === undefined) throw missing.resource();
  return { secret, version };
}
