import { z } from "zod";
import type { World } from "../core/types";
import { createCredential } from "./credentials";
import { typeNames } from "./formats";
import { bkciState, newProject } from "./state";

const body = z.strictObject({
  projects: z
    .array(
      z.strictObject({
        englishName: z.string(),
        projectName: z.string().optional(),
        description: z.string().default(""),
        /** Roles by user name. */
        members: z.record(z.string(), z.enum(["manager", "member"])),
      }),
    )
    .default([]),
  credentials: z
    .array(
      z.strictObject({
        projectId: z.string().optional(),
        credentialId: z.string(),
        credentialType: z.enum(typeNames),
        credentialName: z.string().optional(),
        credentialRemark: z.string().optional(),
        v1: z.string(),
        v2: z.string().optional(),
        v3: z.string().optional(),
        v4: z.string().optional(),
        createUser: z.string().optional(),
      }),
    )
    .default([]),
});

/** Makes projects with their members, then credentials by the service's own rules; returns the ids. */
export function seed(world: World, sent: unknown): { projects: string[]; credentials: string[] } {
  const { projects, credentials } = body.parse(sent);
  const { bkci } = world.identity;
  for (const { members, ...named } of projects) {
    const project = newProject(world, bkci.login.userId, {
      ...named,
      projectName: named.projectName ?? named.englishName,
    });
    bkciState(world).projects[named.englishName] = { ...project, members };
  }
  for (const {
    projectId = bkci.projectId,
    credentialId,
    createUser: user = bkci.login.userId,
    ...written
  } of credentials) {
    createCredential({ world, projectId, user }, credentialId, written);
  }
  return {
    projects: projects.map(({ englishName }) => englishName),
    credentials: credentials.map(({ credentialId }) => credentialId),
  };
}
