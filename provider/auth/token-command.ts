import { exec } from "node:child_process";
import { z } from "zod";
import { NotAuthenticated } from "../http/authenticator";
import { tokenOf, type Token } from "./token-cache";

/** A token command that takes longer than this is stuck, perhaps waiting for somebody to type. */
const TIMEOUT = 60_000;

const tokenInfo = z.object({
  accessToken: z.string().min(1),
  expirationTime: z.number().optional(),
});

/** What the token endpoint answers: bare as its guide shows it, or in BK-CI's usual envelope as servers send it. */
const printed = z.union([tokenInfo, z.object({ status: z.literal(0), data: tokenInfo }).transform(({ data }) => data)]);

/** Runs a command line in the shell and gives its standard output, which is a secret. */
export function runCommand(command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = exec(command, { timeout: TIMEOUT, windowsHide: true }, (error, output) => {
      if (error === null) resolve(output);
      // The error that node made holds both outputs, so only its outcome goes on.
      else
        reject(
          new Error(error.killed === true ? "did not end in time" : `failed with exit code ${error.code ?? "unknown"}`),
        );
    });
    child.stdin?.end();
  });
}

/** Gets a fresh BK-CI token from the user's command. Never shows what it printed. */
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
    return { value: output };
  }
  const info = printed.safeParse(parseJson(output));
  if (!info.success)
    throw unusable("printed JSON without an accessToken, which is what BK-CI answers to somebody who is not logged in");
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
