import type { World } from "../core/types";
import { invalid, missing } from "./errors";
import type { Secret, Tag } from "./model";
import type { Project } from "./project";

export function secretWithId(project: Project, id: string): Secret {
  const secret = project.withId(id);
  if (secret === undefined) throw missing.resource();
  return secret;
}

/** Adds tags; one whose key exists gets the new value. */
export function addTags(world: World, project: Project, id: string, tags: readonly Tag[]): void {
  const secret = secretWithId(project, id);
  const merged = new Map([...secret.tags, ...tags].map(({ key, value }) => [key, value]));
  if (merged.size > (world.quotas["tagsPerSecret"] ?? Infinity)) throw invalid("tags");
  replaceTags(
    project,
    secret,
    [...merged].map(([key, value]) => ({ key, value })),
  );
}

/** Removes tags by key. Keys that the secret does not have are ignored, unless `mustExist`. */
export function removeTags(project: Project, id: string, keys: readonly string[], mustExist = false): void {
  const secret = secretWithId(project, id);
  if (mustExist && !secret.tags.some(({ key }) => keys.includes(key))) throw missing.resource();
  replaceTags(
    project,
    secret,
    secret.tags.filter(({ key }) => !keys.includes(key)),
  );
}

function replaceTags(project: Project, secret: Secret, tags: Tag[]): void {
  secret.tags = tags;
  project.put(secret);
}

/** Every tag of the project's secrets: keys with the values in use. */
export function tagsInUse(project: Project): { key: string; values: string[] }[] {
  const values = new Map<string, Set<string>>();
  for (const { tags } of project.all) {
    for (const { key, value } of tags) values.set(key, (values.get(key) ?? new Set()).add(value));
  }
  return [...values].map(([key, used]) => ({ key, values: [...used] }));
}
