import type { Authenticator } from "../core/authenticator";
import type { World } from "../core/types";
import { PlainRefusal, refusal } from "./errors";
import { BadToken, openAccessToken } from "./token";

/** The texts of "Must read before use" in its two languages. Some start with a capital letter there, some do not. */
const sentences: Readonly<Record<BadToken["template"], Record<World["options"]["bkciLanguage"], string>>> = {
  expired: { en: "Verification failed : token expired error: ", zh: "Verification failed : token过期错误: " },
  illegal: {
    en: "verification failed : token parameter illegal error: ",
    zh: "verification failed : token参数非法错误: ",
  },
  invalid: {
    en: "Verification failed : token parameter verification error: ",
    zh: "Verification failed : token参数校验错误: ",
  },
};

/**
 * The caller of an openapi route. The token is read only from the query. If the caller also sends `X-DEVOPS-UID`, that
 * header is used instead of the token's user. Without token checks only the header is used.
 */
export const authenticateBkci: Authenticator = ({ query, headers }, world) => {
  const tokenUser = world.options.bkciTokens ? checkToken(world, query["access_token"]) : undefined;
  const userName = [headers["x-devops-uid"]?.toString().trim(), tokenUser].find(Boolean);
  if (userName === undefined) throw refusal(400, "X-DEVOPS-UID");
  return { userName };
};

function checkToken(world: World, given: string | string[] | undefined): string {
  const token = Array.isArray(given) ? given[0] : given;
  if (!token?.trim()) throw new PlainRefusal(400, "Request accessToken is empty.");
  try {
    return openAccessToken(world, token);
  } catch (error) {
    if (!(error instanceof BadToken)) throw error;
    throw new PlainRefusal(400, sentences[error.template][world.options.bkciLanguage] + error.message);
  }
}
