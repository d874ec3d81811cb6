import { own } from "../core/own";
import type { World } from "../core/types";
import { refusal } from "./errors";
import { bkciState, type Credential, type Project } from "./state";

export type Action = "create" | "list" | "view" | "edit" | "delete";

export const isMember = (project: Project | undefined, user: string): boolean =>
  project !== undefined && Object.hasOwn(project.members, user);

/** Checks membership first. If projects are hidden, a missing project and somebody else's give the same answer. */
export function enter(world: World, projectId: string, user: string): void {
  const project = own(bkciState(world).projects, projectId);
  if (world.options.bkciHidesProjects && !isMember(project, user)) throw refusal(404);
}

/** Whether the user may do that. Without a credential: whether the user may know that it is missing. */
export function may(world: World, projectId: string, user: string, action: Action, credential?: Credential): boolean {
  const project = own(bkciState(world).projects, projectId);
  if (project === undefined || !isMember(project, user)) return false;
  if (action === "create" || action === "list") return true;
  // Under RBAC a check on an id that is not registered fails for everyone but project managers.
  if (credential === undefined) return !world.options.bkciHidesMissing;
  return project.members[user] === "manager" || credential.createUser === user;
}

/** Permission is checked before existence, for every method. */
export function demand(...question: Parameters<typeof may>): void {
  if (!may(...question)) throw refusal(403);
}
