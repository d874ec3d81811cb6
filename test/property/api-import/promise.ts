/** Checks of what is promised about a group after an update. Each throws if the promise is broken. */
import assert from "node:assert/strict";
import { full, keyOf, nameOf, truth, type Row, type Spec } from "../../support/definitions";
import type { Others } from "./others";
import type { Outputs, Subject } from "./subject";

/** The group has the operations of the definition and the foreign APIs, nothing more. */
export async function groupIsAsDescribed(
  subject: Subject,
  others: Others,
  refused: readonly string[],
  before: readonly Row[],
): Promise<void> {
  const { args, outputs, ownIds: own } = subject;
  const rows = (await truth(subject.simulator)).rows(subject.group);
  const skipped = new Set([...refused, ...outputs.ignored]);
  const wanted = new Map(subject.document.map((operation) => [keyOf(operation), operation]));
  assert.deepEqual(
    rows.filter(({ id }) => !own.has(id) && !others.has(id)),
    [],
    "nothing is made that state does not know",
  );
  const mine = rows.filter(({ id }) => own.has(id));
  assert.equal(mine.length, own.size, "state knows nothing that is not there");
  for (const [key, operation] of wanted) {
    const there = mine.filter((row) => keyOf(row) === key);
    // A removed API that stays may have been moved to the same path by others, with the other match mode.
    const found = there.length > 1 ? there.filter((row) => row.prefix === (operation.prefix ?? false)) : there;
    if (skipped.has(key)) {
      // An API in its very place is adopted, beside no other one, or overwritten if the program says so; one with its
      // name never is.
      const place = (!args.adopt || found.length > 0) && args.apiMode === "merge";
      const inTheWay = [...before, ...rows].some((row) => {
        const samePlace = keyOf(row) === key && row.prefix === (operation.prefix ?? false);
        return !found.some(({ id }) => id === row.id) && (row.name === nameOf(operation) || (place && samePlace));
      });
      assert.ok(inTheWay, `${key} is refused or ignored without an API in its way`);
      continue;
    }
    assert.equal(found.length, 1, `there is one ${key}`);
    const [row] = found;
    // It was adopted because of the fields that the list call shows. Its other fields stay as others made them.
    const isAdopted = outputs.apis.some(({ id, action }) => id === row?.id && action === "adopt");
    assert.deepEqual(row, {
      id: row?.id,
      groupId: subject.group,
      ...full({ ...operation, name: nameOf(operation) }),
      ...(isAdopted && { backend: row?.backend, params: row?.params }),
    });
  }
  // By their imported paths: an API that others moved stays in its new place while its repair is refused.
  const leftovers = outputs.apis.filter((api) => !wanted.has(keyOf(api)));
  if (args.deleteRemoved) assert.deepEqual(leftovers, []);
  if (outputs.ownsGroup && subject.groupId === undefined && !others.renamed) {
    const { title, description } = subject.info;
    const group = (await truth(subject.simulator)).groups.find(({ id }) => id === subject.group);
    assert.equal(group?.name, title);
    if (description !== "") assert.equal(group.remark, description);
  }
}

/** An own API is not deleted for an operation that the service refuses. */
export function keepsWhatIsRefused(
  subject: Subject,
  had: Outputs["apis"],
  refused: readonly string[],
  before: readonly Row[],
): void {
  if (subject.args.apiMode === "override") return; // where only the service decides
  const own = subject.ownIds;
  for (const api of had) {
    if (!refused.includes(keyOf(api)) || !before.some(({ id }) => id === api.id)) continue;
    assert.ok(own.has(api.id), `${keyOf(api)} is lost to something that is refused`);
  }
}

/** An API whose path is still in the definition keeps its id, also if names change: so it stays published. */
export function keepsWhatStaysInPlace(subject: Subject, had: Outputs["apis"], before: readonly Row[]): void {
  const own = subject.ownIds;
  for (const { id } of had) {
    const row = before.find((one) => one.id === id);
    const stays = (one: Spec) => keyOf(one) === (row && keyOf(row)) && (one.prefix ?? false) === row?.prefix;
    if (subject.document.some(stays)) assert.ok(own.has(id), `${id} was made anew`);
  }
}

/** A refresh finds no drift, and the preview after it plans nothing and makes no call. */
export async function comesToRest(subject: Subject): Promise<void> {
  const { life, simulator } = subject;
  const { outputs } = life;
  assert.ok(await life.refresh());
  assert.deepEqual(life.outputs, outputs);
  const before = (await simulator.control.journal()).length;
  assert.equal(await subject.up(), "same");
  assert.equal((await simulator.control.journal()).length, before);
}

/** After one failed call, every object is named in state or in the message. */
export async function nothingIsLost(
  subject: Subject,
  others: Others,
  groups: readonly { id: string }[],
  { message }: Error,
): Promise<void> {
  const now = await truth(subject.simulator);
  const own = subject.ownIds;
  const told = (what: string) => message.includes("`adopt: true`") && message.includes(what);
  const orphans = now.rows().filter((row) => {
    return !own.has(row.id) && !others.has(row.id) && !told(keyOf(row)) && !told(row.groupId);
  });
  assert.deepEqual(orphans, [], message);
  const left = subject.life.exists ? [] : now.groups.filter(({ id }) => !groups.some((one) => one.id === id));
  assert.ok(
    left.every(({ id }) => told(id)),
    message,
  );
}
