import { instanceOf, type Instance } from "../apig/instance";
import type { Served } from "../apig/model";
import { subDomain } from "../apig/rules/groups";
import { valid } from "../apig/timeline";
import type { World } from "../core/types";
import { refusals } from "./refusals";

/** The API that a request is for, and what its path says. */
export interface Target extends Served {
  readonly instance: Instance;
  /** Values of the path's parameters, decoded. */
  readonly parameters: ReadonlyMap<string, string>;
  /** The rest of the path after an API that is matched by prefix, for example `/a/b`. */
  readonly rest: string;
}

interface Wanted {
  readonly host: string;
  /** Name of the environment: the header X-Stage. */
  readonly stage: string;
  readonly method: string;
  readonly path: string;
}

interface Match {
  readonly served: Served;
  readonly parameters: Map<string, string>;
  readonly rest: string;
}

/** Finds the published API by host, environment, path and method. */
export function route(world: World, { host, stage, method, path }: Wanted): Target {
  for (const { projectId, instanceId } of world.places) {
    const instance = instanceOf(world, projectId, instanceId);
    const groupId = groupOf(host);
    const environment = instance.environments.first("name", stage);
    if (groupId === undefined || environment === undefined) continue;
    if (!instance.groups.get(groupId)?.subDomainOpen) continue;
    const matches = valid(instance.traffic.routes, groupId, world.now())
      .filter((served) => served.environmentId === environment.id)
      .flatMap((served) => match(served, path) ?? []);
    const allowed = matches.filter(({ served }) => ["ANY", method].includes(served.definition.req_method));
    const [best] = allowed.sort((one, other) => weight(other) - weight(one));
    if (best !== undefined) return { instance, parameters: best.parameters, rest: best.rest, ...best.served };
    if (matches.length > 0) throw refusals.unknownMethod();
  }
  throw refusals.unknownApi();
}

/** A group is reached under its sub domain. */
function groupOf(host: string): string | undefined {
  const name = host.toLowerCase().replace(/:\d+$/u, "");
  const id = name.split(".")[0] ?? "";
  return name === subDomain(id) ? id : undefined;
}

/** Whole paths are preferred to prefixes, literal segments to parameters, longer paths to shorter ones, a method to ANY. */
function weight({ served: { definition } }: Match): number {
  const segments = definition.req_uri.split("/");
  const literal = segments.filter((segment) => !segment.startsWith("{")).length;
  const method = definition.req_method === "ANY" ? 0 : 1;
  return (definition.match_mode === "NORMAL" ? 1e6 : 0) + literal * 1e4 + segments.length * 10 + method;
}

function match(served: Served, path: string): Match | undefined {
  const wanted = served.definition.req_uri.split("/");
  const given = path.split("/");
  const parameters = new Map<string, string>();
  for (const [index, segment] of wanted.entries()) {
    const [, name, greedy] = /^\{([^+}]+)(\+?)\}$/u.exec(segment) ?? [];
    const value = given[index];
    if (value === undefined) return undefined;
    if (name === undefined) {
      if (decode(segment) !== decode(value)) return undefined;
    } else if (value === "") {
      return undefined;
    } else if (greedy === "+") {
      parameters.set(name, given.slice(index).map(decode).join("/"));
      return { served, parameters, rest: "" };
    } else {
      parameters.set(name, decode(value));
    }
  }
  const rest = given.slice(wanted.length);
  if (rest.length > 0 && served.definition.match_mode === "NORMAL") return undefined;
  return { served, parameters, rest: rest.map((segment) => `/${segment}`).join("") };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
