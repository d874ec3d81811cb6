import { createCipheriv, createDecipheriv, createHash } from "node:crypto";
import type { World } from "../core/types";

/** The token endpoint's answer. */
export interface TokenInfo {
  userId: string;
  /** Milliseconds since 1970. */
  expirationTime: number;
  /** Percent-encoded, ready to be appended to a URL. */
  accessToken: string;
}

/** `auth.accessToken.expirationTime` of the default deployment: 24 hours. */
const LIFETIME = 86_400_000;

/** Tokens are not stored: they hold their expiration time. AES-256-CBC without its own initialization vector. */
const cipherArguments = (world: World): ["aes-256-cbc", Buffer, Buffer] => [
  "aes-256-cbc",
  createHash("sha256").update(world.identity.bkci.secret).digest(),
  Buffer.alloc(16),
];

export function seal(world: World, text: string): string {
  const cipher = createCipheriv(...cipherArguments(world));
  return Buffer.concat([cipher.update(text, "utf8"), cipher.final()]).toString("base64");
}

export function issueAccessToken(world: World, userId: string): TokenInfo {
  const expirationTime = world.now() + LIFETIME;
  return {
    userId,
    expirationTime,
    accessToken: encodeURIComponent(seal(world, JSON.stringify({ userId, expirationTime }))),
  };
}

/** Why a token is refused: the argument of the service's message, the same in every language and release. */
export class BadToken extends Error {
  constructor(
    readonly template: "illegal" | "invalid" | "expired",
    detail: string,
  ) {
    super(detail);
  }
}

/** @param token decoded from the query; returns the user. Throws `BadToken`. */
export function openAccessToken(world: World, token: string): string {
  let text: string;
  try {
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(token)) throw new Error("not Base64");
    const decipher = createDecipheriv(...cipherArguments(world));
    text = Buffer.concat([decipher.update(Buffer.from(token, "base64")), decipher.final()]).toString("utf8");
  } catch {
    throw new BadToken("illegal", "Access token illegal");
  }
  const { userId, expirationTime } = readContent(text);
  if (expirationTime <= world.now()) throw new BadToken("expired", `Access token expired in: ${expirationTime}`);
  return userId;
}

function readContent(text: string): { userId: string; expirationTime: number } {
  try {
    const { userId, expirationTime } = JSON.parse(text) as Record<string, unknown>;
    if (typeof userId === "string" && typeof expirationTime === "number") return { userId, expirationTime };
  } catch {
    // Falls through: text that is not JSON is no better than JSON that is no token.
  }
  throw new BadToken("invalid", "Access token invalid: unrecognized content");
}
