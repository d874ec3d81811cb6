import type { World } from "../core/types";
import type { TypeName } from "./formats";

/** Managers may do everything in a project; members may create, and change what they created. */
export type Role = "manager" | "member";

export interface Project {
  /** Internal id; every path uses `englishName`. */
  projectId: string;
  projectName: string;
  englishName: string;
  description: string;
  creator: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  updatedAt: number;
  members: Record<string, Role>;
}

export interface Credential {
  credentialId: string;
  credentialName: string;
  credentialType: TypeName;
  credentialRemark: string | null;
  /** The real values by slot, so that tests can see what was delivered; no route shows them. */
  values: { v1: string; v2?: string; v3?: string; v4?: string };
  createUser: string;
  updateUser: string;
  /** Milliseconds since 1970. */
  createTime: number;
  updatedTime: number;
}

export interface BkciState {
  /** By English name. */
  projects: Record<string, Project>;
  /** By project and id. */
  credentials: Record<string, Record<string, Credential>>;
}

/** A new state has the project and its manager that the simulator's first line of output names. */
export function bkciState(world: World): BkciState {
  return world.store<BkciState>("bkci", () => {
    const { projectId, login } = world.identity.bkci;
    const project = newProject(world, login.userId, {
      projectName: projectId,
      englishName: projectId,
      description: "",
    });
    return { projects: { [projectId]: project }, credentials: { [projectId]: {} } };
  });
}

export function newProject(
  world: World,
  creator: string,
  named: Pick<Project, "projectName" | "englishName" | "description">,
): Project {
  const now = world.now();
  return {
    projectId: world.id(),
    ...named,
    creator,
    createdAt: now,
    updatedAt: now,
    members: { [creator]: "manager" },
  };
}
