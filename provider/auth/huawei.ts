import { createToken, findProject, type UserToken } from "../clients/iam";
import type { Authenticator, Stamp } from "../http/authenticator";
import type { Caller } from "../http/operation";
import { sign, type KeyPair } from "./signer";
import { TokenCache } from "./token-cache";

/** Exactly one way to prove who we are to Huawei Cloud. */
export type Credentials =
  | { readonly kind: "token"; readonly token: string }
  | ({ readonly kind: "keys" } & KeyPair)
  | { readonly kind: "password"; readonly userName: string; readonly password: string; readonly domainName: string };

/** A project as it is known: by its id, or only by its name. */
export type Project = { readonly id: string } | { readonly name: string };

/** Services accept clocks that differ by 15 minutes. One minute less, because `Date` headers are not exact. */
const TOLERANCE = 14 * 60_000;

/** What an identity needs from its caller. */
export interface Surroundings {
  /** Makes a caller for IAM that authenticates with `authenticator`. */
  readonly iam: (authenticator: Authenticator) => Caller;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Called with every token that IAM issues, so that messages mask it. */
  readonly keepSecret: (token: string) => void;
}

/** One set of credentials and the tokens issued for it. */
export class HuaweiIdentity {
  /** By project: a token is valid for one project. */
  readonly #tokens = new Map<string, TokenCache<UserToken>>();
  /** Milliseconds that signatures are dated ahead of our clock. */
  #ahead = 0;

  constructor(
    private readonly credentials: Credentials,
    private readonly surroundings: Surroundings,
  ) {}

  /** Proves who we are for calls to one project. */
  authenticator(projectId: string): Authenticator {
    const { credentials } = this;
    return credentials.kind === "password"
      ? renewable(this.#tokensFor({ id: projectId }))
      : this.#fixed(credentials, projectId);
  }

  /** The id of the project of this name; undefined when there is none, or these credentials may not see it. */
  async projectId(name: string): Promise<string | undefined> {
    const { credentials, surroundings } = this;
    if (credentials.kind !== "password") {
      return findProject(surroundings.iam(this.#fixed(credentials, undefined)), name);
    }
    // A token for a project name also holds the project id: one request gives both.
    const tokens = this.#tokensFor({ name });
    const { projectId: id } = await tokens.get();
    this.#tokens.set(JSON.stringify({ id }), tokens);
    return id;
  }

  /** Keys and ready tokens, which need no request. */
  #fixed(credentials: Exclude<Credentials, { kind: "password" }>, projectId: string | undefined): Authenticator {
    return credentials.kind === "token" ? ready(credentials.token) : this.#signing(credentials, projectId);
  }

  /** Signatures. They have the date of our own clock, until a refusal shows that the service's clock differs. */
  #signing(keys: KeyPair, projectId: string | undefined): Authenticator {
    const issued = new WeakMap<Stamp, number>();
    return {
      advice: advice.keys,
      prepare: () => {
        const ahead = this.#ahead;
        const stamp: Stamp = (request) => sign(request, keys, projectId, this.surroundings.now() + ahead);
        issued.set(stamp, ahead);
        return Promise.resolve(stamp);
      },
      renew: (refused, ahead) => {
        if (Math.abs(ahead - (issued.get(refused) ?? 0)) < TOLERANCE) return false;
        this.#ahead = ahead;
        return true;
      },
    };
  }

  #tokensFor(project: Project): TokenCache<UserToken> {
    const key = JSON.stringify(project);
    const known = this.#tokens.get(key);
    if (known !== undefined) return known;
    const cache = new TokenCache(() => this.#logIn(project), this.surroundings.now);
    this.#tokens.set(key, cache);
    return cache;
  }

  async #logIn(project: Project): Promise<UserToken> {
    const { credentials, surroundings } = this;
    if (credentials.kind !== "password") throw new TypeError("only a user with a password logs in");
    const token = await createToken(surroundings.iam(anonymous), credentials, project);
    surroundings.keepSecret(token.value);
    return token;
  }
}

/** A ready token: it is not fetched and not renewed. */
function ready(token: string): Authenticator {
  const stamp = withToken(token);
  return { advice: advice.token, prepare: () => Promise.resolve(stamp), renew: () => false };
}

/** Tokens from a cache. A refused token is dropped, and a fresh one is fetched. */
function renewable(tokens: TokenCache<UserToken>): Authenticator {
  const issued = new WeakMap<Stamp, UserToken>();
  return {
    advice: advice.password,
    async prepare() {
      const token = await tokens.get();
      const stamp = withToken(token.value);
      issued.set(stamp, token);
      return stamp;
    },
    renew(refused) {
      const token = issued.get(refused);
      if (token !== undefined) tokens.drop(token);
      return true;
    },
  };
}

/** For the log-in itself: its body holds the credential. */
const anonymous: Authenticator = {
  advice: "Check userName, password and domainName; a HUAWEI ID account cannot log in this way, only an IAM user can",
  prepare: () => Promise.resolve((request) => request),
  renew: () => false,
};

/** What to do when the service refuses for good. */
const advice = {
  keys:
    "Check accessKey, secretKey and securityToken, that the keys are active, and this machine's clock " +
    "(15 minutes of difference are tolerated)",
  token: "The token in huaweicloud:token has expired or is for another project: get a fresh one",
  password: "A fresh token was refused too: check that the IAM user may use this project",
} as const;

function withToken(token: string): Stamp {
  return (request) => ({ ...request, headers: { ...request.headers, "X-Auth-Token": token } });
}
