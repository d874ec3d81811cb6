/** What a create with `adopt` will take over and what it will send: the same steps as those of the create, without a write. */
import { listApis } from "../../clients/apig/apis";
import { findGroup, showGroup, type Group } from "../../clients/apig/groups";
import { failedAs } from "../../http/errors";
import type { Finding } from "../../lifecycle/contract";
import { foundToAdopt, nothingToAdopt, textChange } from "../shared/adopt";
import type { Adopt } from "../shared/adopt-input";
import { firstOf } from "../shared/first-of";
import type { PlacedInstance } from "../shared/place";
import { adoptExisting, describeAdopted } from "./adopt";
import { groupCalled } from "./begin";
import { findingOf, meaningFor, type CallerRules } from "./breaking";
import type { Document } from "./document";
import { lookInside } from "./inside";
import { makePlan } from "./plan";
import { Progress } from "./progress";
import type { ImportModes } from "./send";
import { titleOf } from "./tell";
import { keyOf } from "./view";

export interface Foreseen extends Pick<ImportModes, "apiMode"> {
  readonly groupId: string | undefined;
  readonly adopt: Adopt | undefined;
  readonly deleteRemoved: boolean;
  readonly callers: CallerRules;
}

export async function lookToAdopt(
  instance: PlacedInstance,
  document: Document,
  { groupId, adopt, deleteRemoved, apiMode, callers }: Foreseen,
): Promise<Finding> {
  const group = await (groupId === undefined ? findGroup(instance, document.title) : shownGroup(instance, groupId));
  if (group === undefined) {
    if (groupId !== undefined)
      return { refuses: `There is no API group ${groupId} in instance ${instance.instanceId}.` };
    return nothingToAdopt(groupCalled(document.title, instance), adopt);
  }
  const { operations } = document.definition;
  const listed = await listApis(instance, { groupId: group.id });
  const progress = new Progress(group.id, true);
  const inside = listed.length === 0 ? undefined : await lookInside(instance, group.id);
  const adopted = adoptExisting(progress, document, listed, inside);
  const options = { deleteRemoved, overwriteForeign: apiMode === "override" };
  const plan = makePlan(operations, document.operations, progress, listed, options);
  const sent = [...plan.change, ...plan.add].map(({ key }) => key);
  const added = sent.filter((key) => !adopted.has(key));
  const again = sent.flatMap((key) => describeIfAdopted(key, adopted.get(key)));
  const same = [...adopted.values()].filter((differences) => differences.length === 0).length;
  const remark = groupId === undefined ? document.description : undefined;
  const changed = new Set([...plan.change, ...plan.remove].map(({ key }) => key));
  const affected = listed.filter((api) => changed.has(keyOf(api)));
  const meaning = callers.breakingChanges === "ignore" ? undefined : meaningFor(affected, inside, operations, callers);
  const found = foundToAdopt(groupCalled(group.name, instance), group.id, [
    ...(remark === undefined ? [] : textChange("remark", group.remark, remark)),
    ...(same === 0 ? [] : [same === 1 ? "1 API as it is" : `${same} APIs as they are`]),
    ...listing("sent again", again),
    ...listing("new", added),
    ...listing(
      "not imported",
      [...plan.blocked].map(([key, reason]) => `${key} (${reason})`),
    ),
    ...listing("left to others, because the definition does not have them", progress.strangers(listed).map(keyOf)),
  ]);
  const { says, refuses } = findingOf(titleOf(document.definition), meaning, callers);
  return { says: says === undefined ? found.says : `${found.says ?? ""}\n${says}`, refuses };
}

function describeIfAdopted(key: string, differences: readonly string[] | undefined): string[] {
  return differences === undefined ? [] : [describeAdopted(key, differences)];
}

async function shownGroup(instance: PlacedInstance, groupId: string): Promise<Group | undefined> {
  try {
    return await showGroup(instance, groupId);
  } catch (error) {
    if (!failedAs(error, "not-found")) throw error;
    return undefined;
  }
}

function listing(what: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${what}: ${firstOf(names, ", ")}`];
}
