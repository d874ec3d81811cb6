/**
 * Tells what a change of published operations means for those who call them today. What they get is compared as the
 * service shows it, not as an earlier definition said it: the list call and an export. Both show an API as it was last
 * edited. Where it was edited after it was published, callers may still get the version before that.
 */
import { listKnownApis, publicationsOf, takesAppCode, type ListedApi } from "../../clients/apig/apis";
import {
  Accepted,
  callableOf,
  effectOn,
  printable,
  Serving,
  type AuthType,
  type Callable,
  type Inside,
  type Operation,
} from "../../definition";
import type { Finding } from "../../lifecycle/contract";
import { firstOf } from "../shared/first-of";
import type { PlacedInstance } from "../shared/place";
import { lookInside } from "./inside";
import type { Fingerprints } from "./progress";
import type { OwnApi } from "./own-api";
import { keyOf, matchMode, placeFor, placeOf, visibility } from "./view";

/** What the program says about changes that break callers. */
export interface CallerRules {
  readonly breakingChanges?: "warn" | "refuse" | "ignore" | undefined;
  readonly mayBreak?: readonly string[] | undefined;
  readonly pathPrefix?: string | undefined;
}

/** A change of a group. */
export interface Change {
  readonly groupId: string;
  /** The APIs that are ours, and the lines of those that need no work. */
  readonly before: { readonly apis: readonly OwnApi[]; readonly operations: Fingerprints };
  /** The lines after the change; none where all APIs go. */
  readonly operations: Fingerprints;
  readonly deleteRemoved: boolean;
  /** Whether APIs of others are taken over, by method and path. */
  readonly adopts: boolean;
  /** Whether APIs of others are overwritten, by method, path and match mode. */
  readonly overwrites: boolean;
}

/** What a change means for callers. Each text is about one operation. */
export interface Meaning {
  readonly breaks: readonly string[];
  readonly opens: readonly string[];
  /** Keys of operations whose parameters nobody can see. */
  readonly unseen: readonly string[];
  /** Of the entries of `mayBreak`. */
  readonly unmet: readonly string[];
}

/**
 * Looks at the published APIs that a change alters or removes. Makes no call where the change is none of them, and no
 * export where none of them is published: those break nobody.
 *
 * @param after the operations after the change
 */
export async function lookAtCallers(
  instance: PlacedInstance,
  change: Change,
  after: readonly Operation[],
  rules: CallerRules,
): Promise<Meaning | undefined> {
  if (rules.breakingChanges === "ignore") return undefined;
  const ours = new Map(change.before.apis.map((api) => [api.id, `${api.method} ${api.path}`]));
  const isAltered = (key: string) =>
    key in change.operations ? change.operations[key] !== change.before.operations[key] : change.deleteRemoved;
  const places = new Set(change.overwrites ? after.map(placeFor) : []);
  const isTaken = (api: ListedApi) => places.has(placeOf(api)) || (change.adopts && keyOf(api) in change.operations);
  const mayTake = (change.adopts || change.overwrites) && Object.keys(change.operations).some(isAltered);
  if (!mayTake && ![...ours.values()].some(isAltered)) return undefined;
  const listed = await listKnownApis(instance, change.groupId, [...ours.keys()]);
  const affected = listed.filter((api) => {
    const key = ours.get(api.id);
    return isPublished(api) && (key === undefined ? isTaken(api) : isAltered(key));
  });
  return affected.length === 0
    ? undefined
    : meaningFor(affected, await lookInside(instance, change.groupId), after, rules);
}

function isPublished(api: ListedApi): boolean {
  return publicationsOf(api).length > 0;
}

/** @param affected APIs that the change alters or removes */
export function meaningFor(
  affected: readonly ListedApi[],
  inside: Inside | undefined,
  after: readonly Operation[],
  { mayBreak = [], pathPrefix = "" }: CallerRules,
): Meaning {
  const serving = new Serving(after.map(callableOf));
  const accepted = new Accepted(mayBreak, pathPrefix);
  // The service lists the newest first.
  const published = affected
    .filter(isPublished)
    .map((api) => callableIn(api, inside))
    .sort((one, other) => (one.key < other.key ? -1 : 1));
  const effects = published.map((before) => ({ before, ...effectOn(before, serving) }));
  const refused = effects.filter(({ before }) => !accepted.has(before));
  return {
    breaks: refused.flatMap(({ before, breaks }) =>
      breaks.length === 0 ? [] : [`${printable(before.key)}: ${breaks.join(", ")}`],
    ),
    opens: effects.flatMap(({ before, opens }) =>
      opens === undefined ? [] : [`${printable(before.key)} (was ${opens})`],
    ),
    unseen: refused
      .filter(({ before }) => before.parameters === undefined && serving.find(before) !== undefined)
      .map(({ before }) => printable(before.key)),
    unmet: accepted.unmet(published),
  };
}

/** What a preview says of it. @param title of the definition */
export function findingOf(title: string, meaning: Meaning | undefined, { breakingChanges }: CallerRules): Finding {
  if (meaning === undefined) return {};
  const { breaks, opens, unseen } = meaning;
  const isRefused = breakingChanges === "refuse";
  const lines = [
    ...(breaks.length > 0 && !isRefused ? [`${title}: this breaks who calls it today: ${told(meaning)}`] : []),
    ...(opens.length > 0
      ? [`${title}: published for callers who proved who they are, and now open to everybody: ${firstOf(opens)}.`]
      : []),
    ...(unseen.length > 0
      ? [
          `${title}: whether parameters change for who calls it today cannot be said, because the service shows none: ` +
            `${firstOf(unseen)}.${isRefused ? ' With `breakingChanges: "refuse"` the update does not begin.' : ""}`,
        ]
      : []),
  ];
  return {
    says: lines.length > 0 ? lines.join("\n") : undefined,
    refuses: isRefused && breaks.length > 0 ? refusal(meaning) : undefined,
  };
}

/** @throws before anything is written, if the program refuses what the change means, or if nobody can see that */
export function demandHarmless(meaning: Meaning | undefined): void {
  if (meaning === undefined) return;
  if (meaning.breaks.length > 0) throw new Error(refusal(meaning));
  if (meaning.unseen.length === 0) return;
  throw new Error(
    '`breakingChanges` is "refuse", and nobody can see whether parameters change for who calls it today: ' +
      `${firstOf(meaning.unseen)}. Name these in \`mayBreak\`, or permit the export of the group.`,
  );
}

function refusal(meaning: Meaning): string {
  return `definition: \`breakingChanges\` is "refuse", and this breaks who calls it today: ${told(meaning)}`;
}

function told({ breaks, unmet }: Meaning): string {
  const advice = "`mayBreak` names operations that may break.";
  return `${firstOf(breaks)}. ${unmet.length === 0 ? advice : `In \`mayBreak\`, these meet none: ${firstOf(unmet, ", ")}.`}`;
}

/** What callers see of an API. An export shows only one of two APIs with the same method and path. */
function callableIn(api: ListedApi, inside: Inside | undefined): Callable {
  const shown = inside?.get(keyOf(api));
  const exported = shown?.matchMode === matchMode(api) ? callableOf(shown) : undefined;
  const authType = AUTH_TYPES.find((type) => type === api.auth_type);
  return {
    key: keyOf(api),
    method: api.req_method.toUpperCase(),
    path: api.req_uri,
    matchMode: matchMode(api),
    requestType: visibility(api),
    authentication: { authType, appCode: authType === "APP" && takesAppCode(api) },
    protocol: PROTOCOLS.find((protocol) => protocol === api.req_protocol),
    cors: api.cors ?? false,
    parameters: exported?.parameters,
    authorizer: exported?.authorizer,
    tags: [...(api.tags ?? []), ...(exported?.tags ?? [])],
  };
}

const AUTH_TYPES: readonly AuthType[] = ["NONE", "APP", "IAM", "AUTHORIZER"];
const PROTOCOLS = ["HTTP", "HTTPS", "BOTH"] as const;
