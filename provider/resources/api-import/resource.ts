/**
 * ApiImport: an API group that follows an OpenAPI definition.
 *
 * The service's import only ever adds. Here the definition is the truth: what it adds is imported, what it changes is
 * imported again, what it drops is deleted, what somebody else changed is repaired, and nothing that this resource did
 * not make is touched. How is in `api-import/`: `converge` is the flow, `plan` decides, `progress` is what gets recorded.
 */
import { isDeepStrictEqual } from "node:util";
import { listApis, listKnownApis, type ListedApi } from "../../clients/apig/apis";
import { mayHaveWorked } from "../../clients/apig/batches";
import * as groups from "../../clients/apig/groups";
import type { Prepared, ResourceType } from "../../lifecycle/contract";
import type { Neighbours } from "../../lifecycle/claims";
import { unknownValue } from "../../lifecycle/unknown";
import { PartialCreateError } from "../../lifecycle/errors";
import { begin, type Start } from "./begin";
import { demandHarmless, findingOf, lookAtCallers, type Change } from "./breaking";
import { lookToAdopt } from "./foresee";
import { converge } from "./converge";
import { DefinitionInputError, loadDocument, type Document, type ImportOptions } from "./document";
import type { Inside } from "../../definition";
import { importGroup } from "./import-group";
import { lookInside } from "./inside";
import { ownApi } from "./own-api";
import type { Outcome } from "./outcome";
import { Progress } from "./progress";
import { removeApis } from "./remove";
import { skippedIn, tellOf, tellOfLost, titleOf } from "./tell";
import { leaveToPublish } from "./unpublished";
import { describeApi } from "./view";
import { computed, inputs, type Args, type State } from "./inputs";
import { keysIn } from "../shared/natural-keys";
import { formatId, parseId } from "../shared/ids";
import {
  declareInstance,
  openInstance,
  placeDifferences,
  placeKeys,
  recordPlace,
  type PlacedInstance,
} from "../shared/place";

/** @internal */
export const apiImport: ResourceType<Args, State> = {
  type: "ApiImport",
  inputs,
  resolved: [...placeKeys, ...computed],
  // Not a secret, but long: a failure names this input and does not print its value.
  secrets: [],
  unprinted: ["definition"],
  idOutputs: ["instanceId", "groupId"],
  computed: ["apis", "observed", "ignored", "skipped"],
  updated: () => ["apis", "observed", "ignored", "skipped"],
  replaceOn: [...placeKeys, "instanceId", "groupId"],
  // What the definition and the rules come to is in the operations.
  notCompared: [
    ...placeKeys,
    ...["definition", "adopt", "groupName", "defaults", "overrides", "pathPrefix", "unsupported"],
    ...["breakingChanges", "mayBreak"],
  ],
  filledIn: ["groupId"],
  imported: importGroup,
  unseen: ["triggers"],

  // A group that is given may be shared: several definitions can fill it.
  wants: (args) => (args.groupId === undefined ? keysIn(args, ["the API group named", args.title]) : []),
  holds: (_id, state) => keysIn(state, groupPart(state), ...state.apis.map(apiPart)),

  defaults: declareInstance,
  async differences(old, inputs, connection) {
    const elsewhere = await placeDifferences(old, inputs, connection);
    // The program gave a group before and gives none now: it wants a group of its own.
    return !old.ownsGroup && inputs.groupId === undefined ? [...elsewhere, "groupId"] : elsewhere;
  },

  rules: ({ groupName, groupId }, unknown) =>
    groupName !== undefined && (groupId !== undefined || unknown.has("groupId"))
      ? [{ property: "groupName", reason: "names a group to make: leave it out where groupId is given" }]
      : [],

  async prepare(known, _connection, unknown): Promise<Prepared> {
    // A group that is not known yet is given all the same; it decides only what the title is good for.
    const createsGroup = known.groupId === undefined && !unknown.has("groupId");
    const ofGroup = (title: unknown, description: unknown) => (createsGroup ? { title, description } : {});
    if (shaping.some((key) => unknown.has(key))) {
      return { inputs: { operations: unknownValue, skipped: unknownValue, ...ofGroup(unknownValue, unknownValue) } };
    }
    try {
      const document = await loadDocument(known.definition, { ...optionsOf(known), createsGroup });
      tellOf(document.definition);
      const { operations, title, description } = document;
      return { inputs: { operations, skipped: skippedIn(document), ...ofGroup(title, description) } };
    } catch (error) {
      if (!(error instanceof DefinitionInputError)) throw error;
      return { failures: [{ property: "definition", reason: error.message }] };
    }
  },

  async adoption(known, connection, unknown) {
    const { instanceId, operations, groupId, title } = known;
    const isOpen = instanceId === undefined || operations === undefined || (groupId ?? title) === undefined;
    if (isOpen || unknown.size > 0) return undefined;
    const instance = await openInstance(connection, undefined, instanceId);
    const document = await loadDocument(known.definition, optionsOf(known));
    return lookToAdopt(instance, document, { ...followingOf(known), groupId, adopt: known.adopt, callers: known });
  },

  async consequences(old, known, replaces, connection) {
    if (known.definition === undefined || known.operations === undefined) return undefined;
    const { definition } = await loadDocument(known.definition, optionsOf(known));
    // A replacement deletes all APIs; the new ones have another address.
    const isReplaced = replaces.length > 0;
    const change = changeOf(old, isReplaced ? { deleteRemoved: true } : known);
    const instance = await openInstance(connection, old, old.instanceId);
    const meaning = await lookAtCallers(instance, change, isReplaced ? [] : definition.operations, known);
    return findingOf(titleOf(definition), meaning, known);
  },

  async create(args, connection, neighbours) {
    const place = await recordPlace(args, connection);
    const instance = await openInstance(connection, place, args.instanceId);
    const document = await loadUnchanged(args);
    const { groupId, adopt = false } = args;
    await refuseHarmToOthers(instance, document, args);
    const start = await begin(instance, document, { groupId, adopt, modes: modesOf(args) });
    const id = formatId(args.instanceId, start.progress.groupId);
    return { id, outputs: await follow(id, instance, document, start, args, neighbours) };
  },

  async read(id, old, connection) {
    const { instance: instanceId, group: groupId } = parseId(id, ["instance", "group"]);
    const instance = await openInstance(connection, old, instanceId);
    const group = await groups.showGroup(instance, groupId);
    if (!old) {
      const listed = await listApis(instance, { groupId });
      return { ...instance.place, instanceId, ...lookedUp(groupId, listed, await lookInside(instance, groupId)) };
    }
    const progress = new Progress(groupId, old.ownsGroup, old);
    const listed = await listKnownApis(instance, groupId, progress.ids);
    progress.see(listed, await lookInside(instance, groupId));
    progress.reopen(listed);
    const outcome = progress.outcome();
    if (old.title === undefined) return outcome;
    // As for other remarks: one that the definition leaves out may stay on the group for ever.
    const description = old.description === undefined ? undefined : (group.remark ?? undefined);
    return { ...outcome, title: group.name, description };
  },

  async update(id, old, args, connection, neighbours) {
    const instance = await openInstance(connection, old, old.instanceId);
    const document = await loadUnchanged(args);
    await refuseHarm(instance, old, document, args);
    const renamed = args.title !== undefined && (args.title !== old.title || args.description !== old.description);
    if (renamed) await renameGroup(id, instance, document, old);
    const progress = new Progress(old.groupId, old.ownsGroup, old);
    if (!isDeepStrictEqual(old.triggers, args.triggers)) progress.unsettleOwn();
    return follow(id, instance, document, { progress }, args, neighbours);
  },

  async delete(id, old, connection, neighbours) {
    const { group: groupId } = parseId(id, ["instance", "group"]);
    const instance = await openInstance(connection, old, old.instanceId);
    const progress = new Progress(groupId, old.ownsGroup, old);
    const listed = await listKnownApis(instance, groupId, progress.ids);
    progress.see(listed);
    const foreign = progress.strangers(listed);
    const isLive = (part: readonly string[]) => keysIn(old, part).some((key) => neighbours.isHeld(key));
    // What another resource of the program follows now is its own: the group, or APIs of it.
    const takesGroup = old.ownsGroup && !isLive(groupPart(old));
    if (takesGroup && foreign.length > 0 && !old.forceDestroy) {
      throw new Error(
        `Group ${groupId} holds APIs that this resource did not make: ${foreign.map(describeApi).join(", ")}. ` +
          `Delete them, or set forceDestroy: true and run \`pulumi up\` before the destroy to delete them too.`,
      );
    }
    if (!takesGroup)
      tellOfLost(
        groupId,
        foreign.filter((api) => progress.isUnclear(api)),
      );
    const own = listed.filter((api) => !foreign.includes(api) && !isLive(apiPart(api)));
    await removeApis(instance, takesGroup ? listed : own);
    if (takesGroup) await groups.deleteGroup(instance, groupId);
  },
};

/** After a lost answer the name of the group is unknown: the next update sends the name again, whichever the program then wants. */
async function renameGroup(id: string, instance: PlacedInstance, document: Document, old: State): Promise<void> {
  try {
    await groups.updateGroup(instance, old.groupId, { name: document.title, remark: document.description ?? "" });
  } catch (error) {
    if (!mayHaveWorked(error)) throw error;
    const undeclared = Object.fromEntries(Object.keys(inputs.shape).map((key) => [key, undefined]));
    throw new PartialCreateError(id, { ...undeclared, ...old, title: undefined }, error);
  }
}

/** What decides what becomes of the definition. */
const shaping = [
  "definition",
  "groupName",
  "defaults",
  "overrides",
  "pathPrefix",
  "unsupported",
  "mockMode",
  "simpleMode",
] as const;

const groupPart = ({ groupId }: { readonly groupId: string }) => ["API group", groupId];
const apiPart = ({ id }: { readonly id: string }) => ["API", id];

/** @throws where the program refuses what breaks callers, and the change may do that */
async function refuseHarm(instance: PlacedInstance, before: Before, document: Document, args: Args): Promise<void> {
  if (args.breakingChanges !== "refuse") return;
  demandHarmless(await lookAtCallers(instance, changeOf(before, args), document.definition.operations, args));
}

/** The same before a create, which may overwrite APIs of others. */
async function refuseHarmToOthers(instance: PlacedInstance, document: Document, args: Args): Promise<void> {
  if (args.breakingChanges !== "refuse") return;
  const found = args.groupId === undefined && args.adopt ? await groups.findGroup(instance, document.title) : undefined;
  const groupId = args.groupId ?? found?.id;
  if (groupId !== undefined) await refuseHarm(instance, { groupId, apis: [], operations: {} }, document, args);
}

type Before = Change["before"] & Pick<Change, "groupId">;

function changeOf(before: Before, args: Partial<Args>): Change {
  const { deleteRemoved, apiMode } = followingOf(args);
  const { operations = {}, adopt } = args;
  const takes = { adopts: Boolean(adopt), overwrites: apiMode === "override" };
  return { groupId: before.groupId, before, operations, deleteRemoved, ...takes };
}

/** Converges, and hands what was made to the engine when a step fails. */
async function follow(
  id: string,
  instance: PlacedInstance,
  document: Document,
  start: Start,
  args: Args,
  { undone }: Neighbours,
): Promise<object> {
  const outputs = () => ({
    ...instance.place,
    ...start.progress.outcome(),
  });
  try {
    await converge(instance, document, start, { ...followingOf(args), adopt: Boolean(args.adopt) });
  } catch (error) {
    throw new PartialCreateError(id, outputs(), error);
  } finally {
    const { region } = instance.place;
    leaveToPublish(undone, titleOf(document.definition), { region, instanceId: args.instanceId }, start.progress);
  }
  return outputs();
}

/** Reads the definition again and makes sure that it is what the preview was computed from. */
async function loadUnchanged(args: Args): Promise<Document> {
  const document = await loadDocument(args.definition, optionsOf(args));
  if (isDeepStrictEqual(document.operations, args.operations)) return document;
  throw new Error("The definition changed while it was being applied. Run the update again.");
}

function optionsOf(args: Partial<Args>): ImportOptions {
  const { groupName, defaults, overrides, pathPrefix, unsupported, mockMode, simpleMode } = args;
  const arrangement = { defaults, overrides, pathPrefix, unsupported, mockMode, simpleMode };
  return { createsGroup: args.groupId === undefined, groupName, ...arrangement };
}

function followingOf(args: Partial<Args>) {
  const { deleteRemoved = true } = args;
  return { ...modesOf(args), deleteRemoved };
}

/** The modes of the import with the defaults of its page. */
function modesOf(args: Partial<Args>) {
  const { extendMode = "merge", apiMode = "merge", simpleMode = false, mockMode = false } = args;
  return { extendMode, apiMode, simpleMode, mockMode };
}

/** The outputs of a group that is only looked at: all of its APIs, also two of one method and path. */
function lookedUp(groupId: string, listed: readonly ListedApi[], inside: Inside | undefined): Outcome {
  const progress = new Progress(groupId, false);
  const apis = listed.map((api) => ownApi(api, "none"));
  for (const api of apis) progress.own(`${api.method} ${api.path}`, api, undefined);
  progress.observe(listed, inside);
  return { ...progress.outcome(), apis };
}
