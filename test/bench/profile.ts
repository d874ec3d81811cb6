/** Shows in which code a provider process spends its time, from a V8 profile. */

/** The part of V8's format that is read here: times are microseconds. */
interface V8Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** A share of the time in which the process was not idle, from 0 to 1. */
export interface Share {
  readonly name: string;
  readonly share: number;
}

export interface Shares {
  /** The processor seconds that the shares add up to. */
  readonly seconds: number;
  /** Shares by the package whose code ran. */
  readonly packages: readonly Share[];
  /** Functions of this package, each with everything that it called synchronously. */
  readonly own: readonly Share[];
}

const own = "pulumi-apig";

export function sharesOf(text: string): Shares {
  const { nodes, samples, timeDeltas } = JSON.parse(text) as V8Profile;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const packages = new Map<string, number>();
  const functions = new Map<string, number>();
  const add = (map: Map<string, number>, name: string, time: number) => map.set(name, (map.get(name) ?? 0) + time);

  for (const [index, id] of samples.entries()) {
    const time = timeDeltas[index] ?? 0;
    const top = byId.get(id);
    if (top === undefined || top.callFrame.functionName === "(idle)") continue;
    add(packages, packageOf(top.callFrame), time);
    const seen = new Set<string>();
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const frame = byId.get(at)?.callFrame;
      if (frame !== undefined && packageOf(frame) === own) seen.add(nameOf(frame));
    }
    for (const name of seen) add(functions, name, time);
  }
  const total = [...packages.values()].reduce((sum, time) => sum + time, 0);
  const shares = (map: Map<string, number>): Share[] =>
    [...map]
      .map(([name, time]) => ({ name, share: time / total }))
      .filter(({ share }) => share >= 0.01)
      .sort((one, other) => other.share - one.share);
  return { seconds: total / 1e6, packages: shares(packages), own: shares(functions) };
}

interface Frame {
  readonly functionName: string;
  readonly url: string;
}

/** Native code has no file, and neither have `(program)` and `(garbage collector)`. */
function packageOf({ functionName, url }: Frame): string {
  if (url === "") return functionName.startsWith("(") ? functionName : "native code";
  if (url.startsWith("node:")) return "Node.js";
  return /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? "other";
}

function nameOf({ functionName, url }: Frame): string {
  const file = url.replace(/.*\/pulumi-apig\/dist\//, "");
  return functionName === "" ? `a function in ${file}` : `${functionName} in ${file}`;
}
