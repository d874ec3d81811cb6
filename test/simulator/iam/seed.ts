import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { World } from "../core/types";
import { iamState, TOKEN_LIFETIME } from "./state";

const body = z.array(
  z.strictObject({
    name: z.string(),
    password: z.string().default(() => `Pw-${randomBytes(8).toString("hex")}`),
    /** Projects the user may act in. Default: all. */
    projectIds: z.array(z.string()).min(1).optional(),
  }),
);

/** Adds users, each with a key pair and a ready token for the first of the user's projects, and returns all of it. */
export function seed(world: World, users: unknown): unknown {
  const state = iamState(world);
  return body.parse(users).map(({ name, password, ...rest }) => {
    const projectIds = rest.projectIds ?? world.places.map(({ projectId }) => projectId);
    const key = {
      accessKey: randomBytes(10).toString("hex").toUpperCase(),
      secretKey: randomBytes(30).toString("base64url"),
    };
    const token = randomBytes(192).toString("base64url");
    const [projectId = ""] = projectIds;
    state.users.push({ id: world.id(), name, password, projectIds });
    state.keys.push({ ...key, userName: name });
    state.tokens[token] = {
      userName: name,
      projectId,
      issuedAt: world.now(),
      expiresAt: world.now() + TOKEN_LIFETIME,
    };
    return { name, password, ...key, token };
  });
}
