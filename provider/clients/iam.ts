/** The IAM calls that authentication needs: tokens and project ids. `huawei` reference 1.5. */
import { z } from "zod";
import type { Caller, Operation } from "../http/operation";

/** A user's token for one project. */
export interface UserToken {
  readonly value: string;
  /** Epoch milliseconds; 24 hours from its issue. */
  readonly expiresAt: number;
  readonly projectId: string;
}

/** An IAM user. HUAWEI ID accounts cannot log in this way. */
export interface User {
  readonly userName: string;
  readonly password: string;
  readonly domainName: string;
}

// POST /v3/auth/tokens (KeystoneCreateUserTokenByPassword)
const createTokenByPassword: Operation<UserToken> = {
  name: "KeystoneCreateUserTokenByPassword",
  action: "get a token",
  service: "iam",
  method: "POST",
  path: "/v3/auth/tokens",
  success: [201],
  idempotent: true,
  responseHeader: "x-subject-token",
  response: z
    .object({
      header: z.string({ error: "no X-Subject-Token" }).min(1),
      body: z.object({
        token: z.object({ expires_at: z.iso.datetime({ offset: true }), project: z.object({ id: z.string().min(1) }) }),
      }),
    })
    .transform(({ header, body: { token } }) => ({
      value: header,
      expiresAt: Date.parse(token.expires_at),
      projectId: token.project.id,
    })),
};

// GET /v3/projects (KeystoneListProjects)
const listProjects: Operation<{ projects: readonly { id: string; name: string }[] }> = {
  name: "KeystoneListProjects",
  action: "look up the project",
  service: "iam",
  method: "GET",
  path: "/v3/projects",
  success: [200],
  idempotent: true,
  response: z.object({ projects: z.array(z.object({ id: z.string().min(1), name: z.string() })) }),
};

/** Logs a user in to one project, given by id or by name. @throws ApiError `unauthorized` for a wrong user or password */
export function createToken(
  caller: Caller,
  user: User,
  project: { id: string } | { name: string },
): Promise<UserToken> {
  return caller.call(createTokenByPassword, {
    // The answer is small without the catalog of services.
    query: { nocatalog: 1 },
    subject: `for IAM user ${user.userName} of ${user.domainName} in project ${"id" in project ? project.id : project.name}`,
    body: {
      auth: {
        identity: {
          methods: ["password"],
          password: { user: { name: user.userName, password: user.password, domain: { name: user.domainName } } },
        },
        scope: { project },
      },
    },
  });
}

/** The id of the project with this name. Undefined when there is none, or when these credentials may not see it. */
export async function findProject(caller: Caller, name: string): Promise<string | undefined> {
  const { projects } = await caller.call(listProjects, { query: { name }, subject: name });
  return projects.find((project) => project.name === name)?.id;
}
