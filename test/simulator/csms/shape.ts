import type { World } from "../core/types";
import type { Secret, Version } from "./model";

/** The page counts times in seconds, the samples in milliseconds. */
const time = (world: World, milliseconds: number): number =>
  world.options.csmsTimeUnit === "seconds" ? Math.floor(milliseconds / 1000) : milliseconds;

/** A time as the client sent it. */
export const milliseconds = (world: World, sent: number): number =>
  world.options.csmsTimeUnit === "seconds" ? sent * 1000 : sent;

const optionalTime = (world: World, milliseconds: number | null): number | null =>
  milliseconds === null ? null : time(world, milliseconds);

/** Table 8 of the tag query's page. */
export const secretSummary = (world: World, secret: Secret): object => ({
  id: secret.id,
  name: secret.name,
  state: secret.state,
  kms_key_id: secret.kmsKeyId,
  description: secret.description,
  create_time: time(world, secret.createTime),
  update_time: time(world, secret.updateTime),
  scheduled_delete_time: optionalTime(world, secret.scheduledDeleteTime),
});

/** The secret as its own operations show it. */
export const secretBody = (world: World, secret: Secret): object => ({
  ...secretSummary(world, secret),
  secret_type: secret.type,
  auto_rotation: secret.autoRotation,
  rotation_period: secret.rotationPeriod ?? null,
  rotation_config: secret.rotationConfig ?? null,
  rotation_func_urn: secret.rotationFuncUrn ?? null,
  rotation_time: null,
  next_rotation_time: null,
  event_subscriptions: secret.eventSubscriptions,
  enterprise_project_id: secret.enterpriseProjectId,
});

/** Table 7 of the tag query's page, with the `sys_tags` of the newer documents. */
export const resource = (world: World, secret: Secret): object => ({
  resource_id: secret.id,
  resource_name: secret.name,
  resource_detail: secretSummary(world, secret),
  tags: secret.tags,
  sys_tags: [],
});

export const versionMetadata = (world: World, secretName: string, version: Version): object => ({
  id: version.id,
  create_time: time(world, version.createTime),
  expire_time: optionalTime(world, version.expireTime),
  kms_key_id: version.kmsKeyId,
  secret_name: secretName,
  version_stages: version.stages,
});
