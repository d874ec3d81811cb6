import { NotAuthenticated, type Authenticator, type Stamp } from "../http/authenticator";
import { decoded, encode } from "../http/encoding";
import { TokenCache, tokenOf, type Token } from "./token-cache";
import { tokenFromCommand } from "./token-command";

/** Who we are to BK-CI. A server without access tokens (the default) identifies callers by `userId` alone. */
export interface BkciIdentity {
  readonly userId?: string;
  /** As the user has it: encoded or not. */
  readonly accessToken?: string;
  /** When `accessToken` ends, epoch milliseconds. */
  readonly expirationTime?: number;
  /** Command line that prints a fresh token. */
  readonly tokenCommand?: string;
}

/** What the authenticator needs from its caller. */
export interface Surroundings {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly runCommand: (command: string) => Promise<string>;
  /** Called with every token that the command prints, so that messages mask it. */
  readonly keepSecret: (token: string) => void;
}

const howToGetOne =
  "Log in to BK-CI in a browser, open /ms/auth/api/user/token/get there, and put its accessToken into bkci:accessToken; " +
  "or set bkci:tokenCommand to a program that prints one";

const lacking = "No user is set, and a server without access tokens knows callers by nothing else: set bkci:userId";

/** Sends user and token. A token that has expired or is refused is replaced once, by the token that the command prints. */
export function bkciAuthenticator(
  identity: BkciIdentity,
  { now, runCommand, keepSecret }: Surroundings,
): Authenticator {
  const { userId, accessToken, expirationTime, tokenCommand } = identity;
  const given = accessToken === undefined ? undefined : tokenOf(accessToken, expirationTime);
  const fresh = async (command: string) => {
    const token = await tokenFromCommand(command, runCommand);
    keepSecret(token.value);
    return token;
  };
  const tokens = tokenCommand === undefined ? undefined : new TokenCache(() => fresh(tokenCommand), now, given);
  const issued = new WeakMap<Stamp, Token>();

  return {
    advice: howToGetOne,
    lacking: userId === undefined ? lacking : undefined,
    async prepare() {
      const token = tokens === undefined ? stillGood(given, now()) : await tokens.get();
      if (token === undefined && userId === undefined) {
        throw new NotAuthenticated(
          "there is no BK-CI identity",
          "Set bkci:userId, or bkci:accessToken if the server asks for tokens",
        );
      }
      const stamp = stampOf(userId, token);
      if (token !== undefined) issued.set(stamp, token);
      return stamp;
    },
    renew(refused) {
      const token = issued.get(refused);
      if (token !== undefined) tokens?.drop(token);
      return tokens !== undefined;
    },
  };
}

/** Servers check the expiration without tolerance, so an expired token is not sent at all. */
function stillGood(token: Token | undefined, now: number): Token | undefined {
  if (token?.expiresAt === undefined || now < token.expiresAt) return token;
  throw new NotAuthenticated(
    `the BK-CI access token expired at ${new Date(token.expiresAt).toISOString()}`,
    howToGetOne,
  );
}

/**
 * The token goes into the query. Most tokens are percent-encoded already, and must not be encoded twice. Plain tokens
 * are Base64, which has no percent sign, so decoding does not change them.
 */
function stampOf(userId: string | undefined, token: Token | undefined): Stamp {
  return (request) => ({
    ...request,
    url: token === undefined ? request.url : withQuery(request.url, `access_token=${encode(decoded(token.value))}`),
    headers: userId === undefined ? request.headers : { ...request.headers, "X-DEVOPS-UID": userId },
  });
}

function withQuery(url: string, text: string): string {
  return url + (url.includes("?") ? "&" : "?") + text;
}
