import { z } from "zod";
import { NotAuthenticated } from "../http/authenticator";
import { tokenOf, type Token } from "./token-cache";

/** One ASCII word, without `<` and `>` as in a web page. It is sent in a URL, and a URL has 8 KB at most. */
const token = z.string().regex(/^[!-;=?-~]{1,8000}$/);

const tokenInfo = z.object({ accessToken: token, expirationTime: z.number().optional() });

/** The answer of the token endpoint: alone, as its guide shows, or in BK-CI's usual envelope, as servers send it. */
const printed = z.union([tokenInfo, z.object({ status: z.literal(0), data: tokenInfo }).transform(({ data }) => data)]);

/** Gets a fresh BK-CI token from the user's command. Errors never show what the command printed. */
export async function tokenFromCommand(command: string, run: (command: string) => Promise<string>): Promise<Token> {
  let output: string;
  try {
    output = (await run(command)).trim();
  } catch (error) {
    throw unusable(error instanceof Error ? error.message : "failed");
  }
  if (output === "") throw unusable("printed nothing");
  if (!output.startsWith("{")) {
    if (/\s/.test(output)) throw unusable("printed more than one word, which is no token");
    if (!token.safeParse(output).success) throw unusable("printed something that is no token");
    return { value: output };
  }
  const info = printed.safeParse(parseJson(output));
  if (!info.success)
    throw unusable(
      "printed JSON without a usable accessToken, which is what BK-CI answers to somebody who is not logged in",
    );
  return tokenOf(info.data.accessToken, info.data.expirationTime);
}

function unusable(outcome: string): NotAuthenticated {
  return new NotAuthenticated(
    `the command in bkci:tokenCommand (BKCI_TOKEN_COMMAND) ${outcome}`,
    "Run it by hand: it must print a BK-CI access token, or what the server's token endpoint answers, and nothing else",
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
