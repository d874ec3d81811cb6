import { z } from "zod";
import type { Call, Reply } from "../core/types";
import { invalid } from "./errors";
import { iamState } from "./state";
import { issueToken, type Scope } from "./tokens";

const named = z.strictObject({ id: z.string().optional(), name: z.string().optional() });

/** The body of the token page, password method only. */
const login = z.strictObject({
  auth: z.strictObject({
    identity: z.strictObject({
      methods: z.tuple([z.literal("password")]),
      password: z.strictObject({
        user: z.strictObject({
          name: z.string(),
          password: z.string(),
          domain: z.strictObject({ name: z.string() }),
        }),
      }),
    }),
    scope: z.strictObject({ project: named.optional(), domain: named.optional() }).optional(),
  }),
});

const iso = (time: number): string => new Date(time).toISOString().replace("Z", "000Z");

/** POST /v3/auth/tokens: the token is the `X-Subject-Token` header, the body says what it is good for. */
export function createToken({ body, world }: Call): Reply {
  const parsed = login.safeParse(body);
  if (!parsed.success) throw invalid(parsed.error.issues[0]?.path.join(".") ?? "body");
  const { identity, scope } = parsed.data.auth;
  const { name, password, domain } = identity.password.user;
  const { text, token } = issueToken(world, {
    user: { name, password, domain: domain.name },
    ...(scope !== undefined && { scope: { project: scope.project, domain: scope.domain } satisfies Scope }),
  });
  const account = world.identity.domain;
  const place = world.places.find(({ projectId }) => projectId === token.projectId);
  return {
    status: 201,
    headers: { "x-subject-token": text },
    body: {
      token: {
        methods: ["password"],
        issued_at: iso(token.issuedAt),
        expires_at: iso(token.expiresAt),
        ...(place ? { project: { id: place.projectId, name: place.region, domain: account } } : { domain: account }),
        user: { id: userId(world, token.userName), name: token.userName, domain: account, password_expires_at: "" },
        roles: [{ id: "0", name: "te_admin" }],
        catalog: [],
      },
    },
  };
}

const userId = (world: Call["world"], userName: string): string | undefined =>
  iamState(world).users.find(({ name }) => name === userName)?.id;

/** GET /v3/projects: the projects the caller may act in; an unknown name gives an empty list. */
export function listProjects({ query, caller, world }: Call): Reply {
  const { name, domain_id, parent_id, enabled, is_domain } = query;
  const allowed = iamState(world).users.find((user) => user.name === caller.userName)?.projectIds ?? [];
  const domainId = world.identity.domain.id;
  const projects = world.places
    .filter(({ projectId, region }) => allowed.includes(projectId) && (name === undefined || name === region))
    .filter(() => [domain_id, parent_id].every((id) => id === undefined || id === domainId))
    .filter(() => enabled !== "false" && is_domain !== "true")
    .map(({ projectId, region }) => ({
      id: projectId,
      name: region,
      domain_id: domainId,
      parent_id: domainId,
      is_domain: false,
      enabled: true,
      description: "",
      links: { self: `/v3/projects/${projectId}` },
    }));
  return { status: 200, body: { projects, links: { self: "/v3/projects", next: null, previous: null } } };
}

/** GET /v3/auth/domains: the caller's one account. */
export function listDomains({ world }: Call): Reply {
  const { id, name } = world.identity.domain;
  const domain = { id, name, enabled: true, description: "", links: { self: `/v3/domains/${id}` } };
  return { status: 200, body: { domains: [domain], links: { self: "/v3/auth/domains", next: null, previous: null } } };
}
