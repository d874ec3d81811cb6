import { z } from "zod";
import type { World } from "../core/types";
import type { Secret } from "./model";
import { projectOf } from "./project";
import { newSecret } from "./secrets";

const state = z.enum(["ENABLED", "DISABLED", "PENDING_DELETE", "FROZEN"]).optional();
/** Default: the first project. */
const projectId = z.string().optional();

const one = z.strictObject({
  id: z.string().optional(),
  name: z.string(),
  value: z.string().default("value"),
  description: z.string().default(""),
  state,
  /** Tags as a map. */
  tags: z.record(z.string(), z.string()).default({}),
  projectId,
});

const many = z.strictObject({
  count: z.number().int().min(0),
  /** Names are the prefix and a number from 1, with leading zeros so that they sort. */
  prefix: z.string().default("secret-"),
  state,
  /** The n-th secret gets the n-th value of a list, which is used again from its start. */
  tags: z.record(z.string(), z.union([z.string(), z.array(z.string()).min(1)])).default({}),
  projectId,
});

/** Makes secrets without limits: `[{name, …}]` or `{count, prefix, tags}`. Returns `[{id, name}]` or their number. */
export function seed(world: World, body: unknown): unknown {
  if (Array.isArray(body))
    return z
      .array(one)
      .parse(body)
      .map((each) => put(world, each));
  const { count, prefix, tags, ...rest } = many.parse(body);
  const digits = String(count).length;
  for (let n = 1; n <= count; n += 1) {
    const own = Object.fromEntries(
      Object.entries(tags).map(([key, value]) => [key, typeof value === "string" ? value : nth(value, n)]),
    );
    const name = `${prefix}${String(n).padStart(digits, "0")}`;
    put(world, { ...rest, name, value: "value", description: "", tags: own });
  }
  return count;
}

const nth = (values: readonly string[], n: number): string => values[(n - 1) % values.length] ?? "";

function put(
  world: World,
  { id, name, value, description, tags, projectId, state: kept }: z.output<typeof one>,
): Pick<Secret, "id" | "name"> {
  const secret = newSecret(world, {
    name,
    description,
    value: { secret_string: value },
    tags: Object.entries(tags).map(([key, text]) => ({ key, value: text })),
    ...(id !== undefined && { id }),
    ...(kept !== undefined && { state: kept }),
  });
  if (kept === "PENDING_DELETE") secret.scheduledDeleteTime = world.now() + 30 * 24 * 60 * 60 * 1000;
  projectOf(world, projectId ?? world.places[0]?.projectId ?? "").put(secret);
  return { id: secret.id, name };
}
