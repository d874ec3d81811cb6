import type { Key, User } from "../core/identity";
import type { World } from "../core/types";

/** A token is valid for exactly one project or one domain. */
export interface Token {
  readonly userName: string;
  readonly projectId?: string;
  readonly domainId?: string;
  /** Milliseconds since 1970. */
  readonly issuedAt: number;
  expiresAt: number;
}

export interface IamState {
  users: User[];
  keys: Key[];
  /** By token. */
  tokens: Record<string, Token>;
}

/** "The validity period of a token is 24 hours" (token page of IAM). */
export const TOKEN_LIFETIME = 24 * 60 * 60 * 1000;

/** Users, keys and tokens. A new state has those of the simulator's first line of output. */
export function iamState(world: World): IamState {
  const { identity } = world;
  return world.store<IamState>("iam", () => ({
    users: [...identity.users],
    keys: [...identity.keys],
    tokens: {
      [identity.token]: {
        userName: identity.users[0]?.name ?? "",
        ...(world.places[0] && { projectId: world.places[0].projectId }),
        issuedAt: world.now(),
        expiresAt: world.now() + TOKEN_LIFETIME,
      },
    },
  }));
}

/** Renews the ready token, which a restarted simulator prints again. */
export function renewReadyToken(world: World): void {
  const token = iamState(world).tokens[world.identity.token];
  if (token !== undefined) token.expiresAt = world.now() + TOKEN_LIFETIME;
}
