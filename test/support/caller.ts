import { request } from "node:http";
import type { Info } from "../simulator/core/simulator";
import type { Control } from "./simulator";

export interface Visit {
  readonly groupId: string;
  readonly path: string;
  /** The AppCode; without one the call has none. */
  readonly code?: string;
}

/** Calls a published API through the gateway, as its users do, and answers the status. */
export async function visit({ gateway }: Info, { groupId, path, code }: Visit): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      host: `${groupId}.apic.localhost`, // fetch would not let us set it
      ...(code !== undefined && { "x-apig-appcode": code }),
    };
    request(gateway + path, { headers }, (response) => resolve(response.resume().statusCode ?? 0))
      .once("error", reject)
      .end();
  });
}

interface Stored {
  readonly values: Readonly<Partial<Record<"v1" | "v2" | "v3" | "v4", string>>>;
}

/** The first value of a BK-CI credential, as a pipeline gets it. */
export async function delivered(control: Control, projectId: string, credentialId: string): Promise<string> {
  const { bkci } = (await control.state()) as { bkci: { credentials: Record<string, Record<string, Stored>> } };
  const value = bkci.credentials[projectId]?.[credentialId]?.values.v1;
  if (value === undefined) throw new Error(`BK-CI project ${projectId} has no credential ${credentialId}.`);
  return value;
}
