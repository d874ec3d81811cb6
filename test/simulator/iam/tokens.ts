import { randomBytes } from "node:crypto";
import type { World } from "../core/types";
import { invalid, wrongPassword } from "./errors";
import { iamState, TOKEN_LIFETIME, type Token } from "./state";

/** A password login: `auth` of the token page, already parsed. */
export interface Login {
  readonly user: { readonly name: string; readonly password: string; readonly domain: string };
  /** Absent: the user's account. */
  readonly scope?: Scope;
}

/** A project or the account, by id or name. */
export type Scope = Readonly<
  Record<"project" | "domain", { id?: string | undefined; name?: string | undefined } | undefined>
>;

/** Issues a token of 24 hours. Wrong user, password or account look alike, as on the service. */
export function issueToken(world: World, { user, scope }: Login): { text: string; token: Token } {
  const state = iamState(world);
  const known = state.users.find(({ name }) => name === user.name);
  if (known?.password !== user.password || user.domain !== world.identity.domain.name) throw wrongPassword();
  const text = randomBytes(192).toString("base64url");
  const token: Token = {
    userName: known.name,
    ...target(world, known.projectIds, scope),
    issuedAt: world.now(),
    expiresAt: world.now() + TOKEN_LIFETIME,
  };
  state.tokens[text] = token;
  return { text, token };
}

function target(
  world: World,
  allowed: readonly string[],
  scope: Scope | undefined,
): { projectId: string } | { domainId: string } {
  const { domain } = world.identity;
  if (scope?.project === undefined) {
    const asked = scope?.domain;
    if (asked !== undefined && asked.id !== domain.id && asked.name !== domain.name) throw invalid("scope");
    return { domainId: domain.id };
  }
  const { id, name } = scope.project;
  const place = world.places.find(({ projectId, region }) => projectId === id || region === name);
  if (place === undefined || !allowed.includes(place.projectId)) throw invalid("scope");
  return { projectId: place.projectId };
}
