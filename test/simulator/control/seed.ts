import { seed as seedApig } from "../apig/seed";
import { seed as seedBkci } from "../bkci/seed";
import type { SimulatedWorld } from "../core/world";
import { seed as seedCsms } from "../csms/seed";
import { seed as seedIam } from "../iam/seed";

/** Gives each key of a seed body to its service. Keys that no other service knows go to APIG. */
export function seedAll(world: SimulatedWorld, body: Record<string, unknown>): Record<string, unknown> {
  const { users, secrets, credentials, projects, ...apig } = body;
  return {
    ...(users !== undefined && { users: seedIam(world, users) }),
    ...(secrets !== undefined && { secrets: seedCsms(world, secrets) }),
    ...((credentials !== undefined || projects !== undefined) && seedBkci(world, { credentials, projects })),
    ...(Object.keys(apig).length > 0 && seedApig(world, apig)),
  };
}
