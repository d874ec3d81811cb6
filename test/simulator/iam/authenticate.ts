import { Denied, type Authenticator, type Presented } from "../core/authenticator";
import { own } from "../core/own";
import { verifySignature } from "../core/signature";
import type { Call, World } from "../core/types";
import { iamState } from "./state";

/**
 * The caller of a Huawei route: by an `X-Auth-Token` for one project, or by an AK/SK signature, which is valid for every
 * project of its user. The caller must have the project in the path.
 */
export const authenticateHuawei: Authenticator = (request, world) => {
  const token = request.headers["x-auth-token"];
  return token === undefined ? byKey(request, world) : byToken(String(token), request, world);
};

function byToken(text: string, request: Presented, world: World): Call["caller"] {
  const { tokens } = iamState(world);
  const token = own(tokens, text);
  if (token === undefined) throw new Denied(401, "unknown token");
  if (token.expiresAt <= world.now()) throw new Denied(401, "token expired");
  const wanted = request.params["project_id"];
  if (wanted !== undefined && wanted !== token.projectId) throw new Denied(403, "token of another project");
  return { userName: token.userName, ...(token.projectId !== undefined && { projectId: token.projectId }) };
}

function byKey(request: Presented, world: World): Call["caller"] {
  if (request.headers["authorization"] === undefined) throw new Denied(401, "neither token nor signature");
  const { keys, users } = iamState(world);
  const find = (accessKey: string) => keys.find((key) => key.accessKey === accessKey);
  const userName = find(verifySignature(request, find, world.now()))?.userName ?? "";
  const wanted = request.params["project_id"];
  if (wanted === undefined) return { userName };
  if (!users.find(({ name }) => name === userName)?.projectIds.includes(wanted)) {
    throw new Denied(403, "the user cannot act in this project");
  }
  return { userName, projectId: wanted };
}
