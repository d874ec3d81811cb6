import { randomBytes } from "node:crypto";
import type { Place } from "./types";

export interface User {
  readonly id: string;
  readonly name: string;
  readonly password: string;
  /** Ids of the projects the user may act in. */
  readonly projectIds: readonly string[];
}

/** An access key pair. A temporary one has a security token, which must be sent with it. */
export interface Key {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly securityToken?: string;
  readonly userName: string;
}

/** Users, keys and places of a simulator: made once, kept by `reset`, saved with `--data`. */
export interface Identity {
  readonly domain: { readonly id: string; readonly name: string };
  readonly places: readonly Place[];
  readonly users: readonly User[];
  readonly keys: readonly Key[];
  /** A ready token of the first user for the first project. */
  readonly token: string;
  readonly bkci: {
    /** The key that BK-CI encrypts its access tokens with. */
    readonly secret: string;
    readonly projectId: string;
    /** User name and the `bk_token` cookie of a browser session. */
    readonly login: { readonly userId: string; readonly cookie: string };
  };
}

const hex = (bytes: number): string => randomBytes(bytes).toString("hex");

const place = (region: string): Place => ({ region, projectId: hex(16), instanceId: hex(16) });

/** Two projects. User `simulator` has both, `north-only` has the first. One permanent and one temporary key pair. */
export function newIdentity(): Identity {
  const places = [place("sim-north-1"), place("sim-south-1")];
  const everywhere = places.map(({ projectId }) => projectId);
  const user = (name: string, projectIds: readonly string[]): User => ({
    id: hex(16),
    name,
    password: `Pw-${hex(8)}`,
    projectIds,
  });
  const key = (userName: string): Key => ({
    accessKey: hex(10).toUpperCase(),
    secretKey: randomBytes(30).toString("base64url"),
    userName,
  });
  return {
    domain: { id: hex(16), name: "simulated-account" },
    places,
    users: [user("simulator", everywhere), user("north-only", everywhere.slice(0, 1))],
    keys: [
      key("simulator"),
      key("north-only"),
      { ...key("simulator"), securityToken: randomBytes(96).toString("base64url") },
    ],
    token: randomBytes(192).toString("base64url"),
    bkci: {
      secret: hex(16),
      projectId: "demo",
      login: { userId: "admin", cookie: randomBytes(24).toString("base64url") },
    },
  };
}
