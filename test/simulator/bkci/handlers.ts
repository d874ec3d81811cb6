import type { Call, Reply } from "../core/types";
import { bodies, listing, paging, parse } from "./bodies";
import * as credentials from "./credentials";
import { refusal } from "./errors";
import { MASK } from "./formats";
import { enter, may } from "./permissions";
import * as projects from "./projects";
import type { Credential, Project } from "./state";
import { issueAccessToken } from "./token";

const ok = (data: unknown): Reply => ({ status: 200, body: { status: 0, data } });

/** The login cookie of a browser session is the only way to a token. */
export function getToken({ headers, world }: Call): Reply {
  const { login } = world.identity.bkci;
  const cookies = (headers["cookie"]?.toString() ?? "").split(/;\s*/);
  if (!cookies.includes(`bk_token=${login.cookie}`)) {
    // The gateway's own words, with `result: true` on a failure.
    return { status: 401, body: { status: 401, data: "", result: true, message: "用户权限验证失败。" } };
  }
  if (!world.options.bkciTokens) throw refusal(2100026);
  const info = issueAccessToken(world, login.userId);
  return world.options.bkciTokenAnswer === "bare" ? { status: 200, body: info } : ok(info);
}

function place({ params, caller, world }: Call): credentials.Place {
  const { projectId = "" } = params;
  enter(world, projectId, caller.userName);
  return { world, projectId, user: caller.userName };
}

/** v3 has the id in the path, v4 in the query. */
function idOf({ params, query }: Call): string {
  const id = params["credentialId"] ?? query["credentialId"];
  if (typeof id !== "string" || id.trim() === "") throw refusal(400, "credentialId");
  return id;
}

export function createCredential(call: Call): Reply {
  const { credentialId, ...written } = parse(bodies.createCredential, call.body);
  credentials.createCredential(place(call), credentialId, written);
  return ok(true);
}

export function updateCredential(call: Call): Reply {
  credentials.updateCredential(place(call), idOf(call), parse(bodies.updateCredential, call.body));
  return ok(true);
}

export function deleteCredential(call: Call): Reply {
  credentials.deleteCredential(place(call), idOf(call));
  return ok(true);
}

export const getCredential = (call: Call): Reply =>
  ok(credentialBody(call, credentials.getCredential(place(call), idOf(call))));

export function listCredentials(call: Call): Reply {
  const { page, pageSize, keyword, credentialTypes } = parse(listing, call.query);
  const { count, records } = credentials.listCredentials(place(call), {
    page,
    pageSize,
    keyword,
    types: credentialTypes,
  });
  return ok({
    count,
    page,
    pageSize,
    totalPages: Math.ceil(count / pageSize),
    records: records.map((credential) => credentialBody(call, credential)),
  });
}

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/** No route shows a value: all four are masked, whatever the type has. */
function credentialBody(call: Call, credential: Credential): object {
  const { world, projectId, user } = place(call);
  const allowed = (action: "view" | "edit" | "delete"): boolean => may(world, projectId, user, action, credential);
  return {
    credentialId: credential.credentialId,
    credentialName: credential.credentialName,
    credentialType: credential.credentialType,
    credentialRemark: credential.credentialRemark,
    updatedTime: seconds(credential.updatedTime),
    v1: MASK,
    v2: MASK,
    v3: MASK,
    v4: MASK,
    permissions: { delete: allowed("delete"), view: allowed("view"), edit: allowed("edit"), use: allowed("view") },
    updateUser: credential.updateUser,
    allowAcrossProject: false,
    createUser: credential.createUser,
    createTime: seconds(credential.createTime),
  };
}

/** v3: the whole list. */
export const listProjects = ({ world, caller }: Call): Reply =>
  ok(projects.listProjects(world, caller.userName).map(projectBody));

/** v4: a page of the list, but still a plain array. */
export function listProjectsByPage({ world, caller, query }: Call): Reply {
  const { page, pageSize } = parse(paging(10), query);
  const all = projects.listProjects(world, caller.userName);
  return ok(all.slice((page - 1) * pageSize, page * pageSize).map(projectBody));
}

export function getProject({ world, caller, params }: Call): Reply {
  const project = projects.getProject(world, caller.userName, params["projectId"] ?? "");
  return ok(project && projectBody(project));
}

export function createProject({ world, caller, body }: Call): Reply {
  const { projectName, englishName, description } = parse(bodies.createProject, body);
  projects.createProject(world, caller.userName, { projectName, englishName, description });
  return ok(true);
}

export function updateProject({ world, caller, params, body }: Call): Reply {
  const { projectName, description } = parse(bodies.updateProject, body);
  projects.updateProject(world, caller.userName, params["projectId"] ?? "", { projectName, description });
  return ok(true);
}

const projectBody = (project: Project): object => ({
  projectId: project.projectId,
  projectName: project.projectName,
  englishName: project.englishName,
  projectCode: project.englishName,
  projectType: 0,
  description: project.description,
  creator: project.creator,
  createdAt: new Date(project.createdAt).toISOString().slice(0, 10),
  updatedAt: new Date(project.updatedAt).toISOString().slice(0, 10),
  approvalStatus: 2,
  enabled: true,
  secrecy: false,
  kind: 0,
});
