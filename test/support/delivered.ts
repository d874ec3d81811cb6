import type { Control } from "../simulator/open";

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
