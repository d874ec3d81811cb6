/**
 * BK-CI projects and credentials. `bk-ci` reference 3.
 *
 * The paths are the v3 paths below `apigw`, as in the guide of seed pages 000 and 001. Every release since 1.7 has them.
 * In a path the project id is the English name of the project.
 */
import { z } from "zod";
import { failedAs, ListMovedError } from "../http/errors";
import type { CallArguments, Caller, Operation } from "../http/operation";

const root = "/ms/openapi/api/apigw/v3/projects";

/** Most credentials on one page of a list. */
const pageSize = 100;

/** Most pages that are read: ten times as many as the largest project needs. */
const mostPages = 100;

const Project = z.looseObject({
  englishName: z.string(),
  projectName: z.string(),
  description: z.string().nullish(),
  enabled: z.boolean().nullish(),
  creator: z.string().nullish(),
});
export type Project = z.infer<typeof Project>;

/** A credential as BK-CI shows it: values are always masked. Times are epoch seconds. */
const Credential = z.looseObject({
  credentialId: z.string(),
  credentialName: z.string().nullish(),
  credentialType: z.string(),
  credentialRemark: z.string().nullish(),
  createTime: z.number().nullish(),
  updatedTime: z.number(),
  updateUser: z.string().nullish(),
});
export type Credential = z.infer<typeof Credential>;

/** The body of a create or update. Always give name and remark: BK-CI resets them when they are absent. */
export interface CredentialBody {
  readonly credentialType: string;
  readonly credentialName?: string;
  readonly credentialRemark?: string;
  readonly v1: string;
  readonly v2?: string;
  readonly v3?: string;
  readonly v4?: string;
}

function operation<Response>(described: Omit<Operation<Response>, "service" | "success">): Operation<Response> {
  return { ...described, service: "bkci", success: [200, 201], path: `${root}${described.path}` };
}

const listAllProjects = operation({
  name: "listProjects",
  action: "list the BK-CI projects",
  method: "GET",
  path: "",
  idempotent: true,
  response: z.array(Project).nullable(),
});

const getProject = operation({
  name: "getProject",
  action: "read the BK-CI project",
  method: "GET",
  path: "/{projectId}",
  idempotent: true,
  response: Project.nullable(),
});

const list = operation({
  name: "listCredentials",
  action: "list the BK-CI credentials",
  method: "GET",
  path: "/{projectId}/credentials",
  idempotent: true,
  response: z.looseObject({ records: z.array(Credential) }),
});

const create = operation({
  name: "createCredential",
  action: "create the BK-CI credential",
  method: "POST",
  path: "/{projectId}/credentials",
  idempotent: false,
  response: z.literal(true),
});

const get = operation({
  name: "getCredential",
  action: "read the BK-CI credential",
  method: "GET",
  path: "/{projectId}/credentials/{credentialId}",
  idempotent: true,
  response: Credential,
});

const update = operation({
  name: "updateCredential",
  action: "update the BK-CI credential",
  method: "PUT",
  path: "/{projectId}/credentials/{credentialId}",
  idempotent: true,
  response: z.literal(true),
});

const remove = operation({
  name: "deleteCredential",
  action: "delete the BK-CI credential",
  method: "DELETE",
  path: "/{projectId}/credentials/{credentialId}",
  idempotent: true,
  response: z.literal(true),
});

/** The projects that the user belongs to. */
export async function listProjects(caller: Caller): Promise<Project[]> {
  return (await caller.call(listAllProjects)) ?? [];
}

/** Whether the user belongs to a project. It asks the list, because many releases show a single project to everybody. */
export async function belongsTo(caller: Caller, projectId: string): Promise<boolean> {
  return (await listProjects(caller)).some(({ englishName }) => englishName === projectId);
}

/** The project, or undefined if there is none: then servers answer either 404 or no data. */
export async function findProject(caller: Caller, projectId: string): Promise<Project | undefined> {
  try {
    const project = await caller.call(getProject, {
      path: { projectId },
      about: { englishName: projectId },
      subject: projectId,
    });
    return project ?? undefined;
  } catch (error) {
    if (failedAs(error, "not-found")) return undefined;
    throw error;
  }
}

/** Where a credential is. */
export interface CredentialPlace {
  readonly projectId: string;
  readonly credentialId: string;
}

function about({ projectId, credentialId }: CredentialPlace) {
  return { path: { projectId, credentialId }, subject: `${credentialId} of project ${projectId}` };
}

export async function createCredential(caller: Caller, at: CredentialPlace, body: CredentialBody): Promise<void> {
  const { path, subject } = about(at);
  await caller.call(create, { path, subject, body: { credentialId: at.credentialId, ...body } });
}

/** Shows a credential. If it is missing, managers of the project get not-found, and everyone else forbidden. */
export function getCredential(caller: Caller, at: CredentialPlace): Promise<Credential> {
  return caller.call(get, { ...about(at), about: { credentialId: at.credentialId } });
}

/** The credential as the list shows it. The list has only what the user may list, so absence proves nothing. */
export async function findListedCredential(caller: Caller, at: CredentialPlace): Promise<Credential | undefined> {
  for await (const records of listedPages(caller, { ...about(at), query: { keyword: at.credentialId } })) {
    const found = records.find((record) => record.credentialId === at.credentialId);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** All credentials of a project that the user may list. */
export async function listCredentials(caller: Caller, projectId: string): Promise<Credential[]> {
  const all = new Map<string, Credential>();
  for await (const records of listedPages(caller, { path: { projectId }, subject: `of project ${projectId}` })) {
    for (const record of records) all.set(record.credentialId, record);
  }
  return [...all.values()];
}

/** Page after page, until one is not full: the `count` of a page ignores the keyword. */
async function* listedPages(caller: Caller, args: CallArguments): AsyncGenerator<Credential[], void> {
  let before: string | undefined;
  for (let page = 1; page <= mostPages; page++) {
    const { records } = await caller.call(list, { ...args, query: { ...args.query, page, pageSize } });
    const first = records[0]?.credentialId;
    if (first !== undefined && first === before)
      throw new ListMovedError(`could not ${list.action}: the same page came twice`);
    before = first;
    yield records;
    if (records.length < pageSize) return;
  }
  const project = args.path?.["projectId"] ?? "";
  throw new ListMovedError(
    `could not ${list.action} of project ${project}: more than ${mostPages} full pages came, and no more are read.`,
  );
}

export async function updateCredential(caller: Caller, at: CredentialPlace, body: CredentialBody): Promise<void> {
  await caller.call(update, { ...about(at), body });
}

/** Deletes a credential. Also succeeds if there is none. */
export async function deleteCredential(caller: Caller, at: CredentialPlace): Promise<void> {
  await caller.call(remove, about(at));
}
