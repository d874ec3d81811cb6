import { seed as seedApig } from "../apig/seed";
import { seed as seedBkci } from "../bkci/seed";
import type { SimulatedWorld } from "../core/world";
import { seed as seedCsms } from "../csms/seed";
import { seed as seedIam } from "../iam/seed";

/** Hands each key of a seed body to the service that owns it; what no other service knows is APIG's to judge. */
export function seedAll(world: SimulatedWorld, body: Record<string, unknown>): Record<string, unknown> {
  const { users, secrets, credentials, projects, ...apig } = body;
  return {
    ...(users !== undefined && { users: seedIam(world, users) }),
    ...(secrets !== undefined && { secrets: seedCsms(world, secrets) }),
    ...((credentials !== undefined || projects !== undefined) && seedBkci(world, { credentials, projects })),
    ...(Object.keys(apig).length > 0 && seedApig(world, apig)),
  };
}
