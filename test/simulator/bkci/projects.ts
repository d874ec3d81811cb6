import { own } from "../core/own";
import type { World } from "../core/types";
import { refusal } from "./errors";
import { enter, isMember } from "./permissions";
import { bkciState, newProject, type Project } from "./state";

export interface NamedProject {
  projectName: string;
  description: string;
}

/** Projects of which the user is a member. */
export const listProjects = (world: World, user: string): Project[] =>
  Object.values(bkciState(world).projects).filter((project) => isMember(project, user));

/** A missing project is no error. A project of which the user is no member is an error. */
export function getProject(world: World, user: string, englishName: string): Project | null {
  enter(world, englishName, user);
  const project = own(bkciState(world).projects, englishName);
  if (project === undefined) return null;
  if (!isMember(project, user)) throw refusal(403);
  return project;
}

export function createProject(world: World, user: string, made: NamedProject & { englishName: string }): void {
  checkName(world, made.projectName);
  const { englishName } = made;
  if (englishName.length < 2 || englishName.length > 32) throw refusal(2119005);
  if (!/^[a-z][a-z0-9-]*$/.test(englishName)) throw refusal(2119006);
  const { projects } = bkciState(world);
  if (Object.hasOwn(projects, englishName)) throw refusal(2119007, englishName);
  projects[englishName] = newProject(world, user, made);
}

export function updateProject(world: World, user: string, englishName: string, change: NamedProject): void {
  const project = getProject(world, user, englishName);
  if (project === null) throw refusal(404);
  if (project.members[user] !== "manager") throw refusal(403);
  checkName(world, change.projectName, project);
  Object.assign(project, change, { updatedAt: world.now() });
}

function checkName(world: World, name: string, own?: Project): void {
  if (name.trim() === "") throw refusal(2119003);
  if (name.length > 64) throw refusal(2119004);
  const taken = Object.values(bkciState(world).projects).some((each) => each !== own && each.projectName === name);
  if (taken) throw refusal(2119002, name);
}
