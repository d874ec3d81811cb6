import { randomBytes } from "node:crypto";
import type { World } from "../core/types";
import type { User } from "../core/identity";
import { own } from "../core/own";
import { invalid, unauthorized, wrongPassword } from "./errors";
import { iamState, TOKEN_LIFETIME, type Token } from "./state";

interface Named {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
}

/** A log-in: by user and password, or by a token. */
export type Claim = { readonly user: Login } | { readonly token: string };

/** A user by name and account, or by id. */
type Login = { readonly password: string } & (
  { readonly name: string; readonly domain: Named } | { readonly id: string }
);

/** A project of the only account, or the account. */
export interface Scope {
  readonly project?: (Named & { readonly domain?: Named | undefined }) | undefined;
  readonly domain?: Named | undefined;
}

/** Issues a token; without a scope, for the user's account. */
export function issueToken(world: World, claim: Claim, scope: Scope): { text: string; token: Token } {
  const { user, expiresAt } = "token" in claim ? byToken(world, claim.token) : byPassword(world, claim.user);
  const text = randomBytes(192).toString("base64url");
  const token = { userName: user.name, ...target(world, user, scope), issuedAt: world.now(), expiresAt };
  iamState(world).tokens[text] = token;
  return { text, token };
}

interface Proven {
  readonly user: User;
  readonly expiresAt: number;
}

/** A wrong user, password or account gives the same answer, as on the service. */
function byPassword(world: World, login: Login): Proven {
  const user = iamState(world).users.find(({ id, name }) =>
    "id" in login ? id === login.id : name === login.name && isAccount(world, login.domain),
  );
  if (user?.password !== login.password) throw wrongPassword();
  return { user, expiresAt: world.now() + TOKEN_LIFETIME };
}

/** A token that is issued for a token does not expire later. */
function byToken(world: World, text: string): Proven {
  const { tokens, users } = iamState(world);
  const token = own(tokens, text);
  const user = users.find(({ name }) => name === token?.userName);
  if (token === undefined || user === undefined || token.expiresAt <= world.now()) throw unauthorized();
  return { user, expiresAt: token.expiresAt };
}

const isAccount = ({ identity }: World, { id, name }: Named): boolean =>
  id === identity.domain.id || name === identity.domain.name;

function target(world: World, user: User, { project, domain }: Scope): { projectId: string } | { domainId: string } {
  const account = project === undefined ? domain : project.domain;
  if (account !== undefined && !isAccount(world, account)) throw invalid("scope");
  if (project === undefined) return { domainId: world.identity.domain.id };
  const { id, name } = project;
  const place = world.places.find(({ projectId, region }) => projectId === id || region === name);
  if (place === undefined || !user.projectIds.includes(place.projectId)) throw invalid("scope");
  return { projectId: place.projectId };
}
