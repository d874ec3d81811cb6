import { get, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import type { Info } from "../simulator/core/simulator";
import type { Control } from "./simulator";

export interface Visit {
  readonly groupId: string;
  readonly path: string;
  /** Name of the environment. Default: `RELEASE`. */
  readonly stage?: string;
  /** The AppCode. Default: a call without one. */
  readonly code?: string;
}

/** Calls a published API through the gateway, as its users do. */
export async function visit(
  { gateway }: Info,
  { groupId, path, stage, code }: Visit,
): Promise<{ readonly status: number; readonly body: string }> {
  const headers = {
    host: `${groupId}.apic.localhost`, // fetch would not let us set it
    ...(stage !== undefined && { "x-stage": stage }),
    ...(code !== undefined && { "x-apig-appcode": code }),
  };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(gateway + path, { headers }, resolve).once("error", reject);
  });
  return { status: response.statusCode ?? 0, body: await text(response) };
}

interface Stored {
  readonly values: Readonly<Partial<Record<"v1" | "v2" | "v3" | "v4", string>>>;
}

async function credentials(control: Control): Promise<Record<string, Record<string, Stored>>> {
  const { bkci } = (await control.state()) as { bkci: { credentials: Record<string, Record<string, Stored>> } };
  return bkci.credentials;
}

/** The first value of a BK-CI credential, as a pipeline gets it. */
export async function delivered(control: Control, projectId: string, credentialId: string): Promise<string> {
  const value = (await credentials(control))[projectId]?.[credentialId]?.values.v1;
  if (value === undefined) throw new Error(`BK-CI project ${projectId} has no credential ${credentialId}.`);
  return value;
}

/** All values of all credentials in BK-CI. */
export async function deliveredValues(control: Control): Promise<string[]> {
  const projects = Object.values(await credentials(control));
  return projects.flatMap((project) => Object.values(project).flatMap(({ values }) => Object.values(values)));
}
