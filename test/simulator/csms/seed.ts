import type { World } from "../core/types";

export function seed(_world: World, _body: unknown): Record<string, unknown> {
  return {};
}
