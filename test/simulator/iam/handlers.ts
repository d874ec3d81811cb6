import { z } from "zod";
import type { Call, Reply } from "../core/types";
import { invalid } from "./errors";
import { iamState } from "./state";
import { issueToken } from "./tokens";

const named = z.strictObject({ id: z.string().optional(), name: z.string().optional() });

/** On the page, users have a name and an account. In Keystone they may have an id instead. */
const user = z.union([
  z.strictObject({ name: z.string(), password: z.string(), domain: named }),
  z.strictObject({ id: z.string(), password: z.string() }),
]);

/** The body of the token page, and the other fields of Keystone v3 that Terraform sends: ids, a project's account, tokens. */
const login = z.strictObject({
  auth: z.strictObject({
    identity: z.union([
      z.strictObject({ methods: z.tuple([z.literal("password")]), password: z.strictObject({ user }) }),
      z.strictObject({ methods: z.tuple([z.literal("token")]), token: z.strictObject({ id: z.string() }) }),
    ]),
    scope: z
      .strictObject({ project: named.extend({ domain: named.optional() }).optional(), domain: named.optional() })
      .nullish(),
  }),
});

const iso = (time: number): string => new Date(time).toISOString().replace("Z", "000Z");

/** POST /v3/auth/tokens: the token is the `X-Subject-Token` header, the body says what it is good for. */
export function createToken({ body, world }: Call): Reply {
  const parsed = login.safeParse(body);
  if (!parsed.success) throw invalid(parsed.error.issues[0]?.path.join(".") ?? "body");
  const { identity, scope } = parsed.data.auth;
  const claim = "password" in identity ? identity.password : { token: identity.token.id };
  const { text, token } = issueToken(world, claim, scope ?? {});
  const account = world.identity.domain;
  const place = world.places.find(({ projectId }) => projectId === token.projectId);
  return {
    status: 201,
    headers: { "x-subject-token": text },
    body: {
      token: {
        methods: identity.methods,
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
  const { first, last } = pageOf(query);
  const allowed = iamState(world).users.find((user) => user.name === caller.userName)?.projectIds ?? [];
  const domainId = world.identity.domain.id;
  const projects = world.places
    .filter(({ projectId, region }) => allowed.includes(projectId) && (name === undefined || name === region))
    .filter(() => [domain_id, parent_id].every((id) => id === undefined || id === domainId))
    .filter(() => enabled !== "false" && is_domain !== "true")
    .slice(first, last)
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

/** `page` from 1 and `per_page` up to 5000, given together or not at all. */
function pageOf({ page, per_page }: Call["query"]): { first: number; last: number } {
  if (page === undefined && per_page === undefined) return { first: 0, last: Infinity };
  const [number, size] = [page, per_page].map((text) => (/^\d{1,9}$/.test(String(text)) ? Number(text) : 0));
  if (!number) throw invalid("page");
  if (!size || size > 5000) throw invalid("per_page");
  return { first: (number - 1) * size, last: number * size };
}

/** GET /v3/auth/domains: the caller's one account. */
export function listDomains({ world }: Call): Reply {
  const { id, name } = world.identity.domain;
  const domain = { id, name, enabled: true, description: "", links: { self: `/v3/domains/${id}` } };
  return { status: 200, body: { domains: [domain], links: { self: "/v3/auth/domains", next: null, previous: null } } };
}
