/**
 * BkciCredential: a credential that the pipelines of a BK-CI project use, as `${{ settings.<credentialId>.<field> }}`.
 *
 * BK-CI never shows a value. So every update writes all values, or its mask, which keeps them, if none are given. The time of the last write is recorded after each of our
 * writes: if it differs later, somebody else wrote.
 */
import * as bkci from "../../clients/bkci";
import type { Caller } from "../../http/operation";
import type { ResourceType } from "../../lifecycle/contract";
import { containsUnknown } from "../../lifecycle/unknown";
import { PartialCreateError } from "../../lifecycle/errors";
import { warn } from "../../lifecycle/warn";
import { demand } from "../../settings/settings";
import { demandMakeable, lookToAdopt, takeOver, valuesMissing } from "./adopt";
import { bodyOf } from "./body";
import { hasValues, secretSlots, optionalSlot, slotNames, wrongSlots } from "./types";
import {
  createCredential,
  demandOurs,
  demandProject,
  driftOf,
  isVisible,
  look,
  remove,
  seen,
  textsOf,
  unseen,
  written,
  type Times,
} from "./look";
import { inputs, removal, type Args, type State } from "./inputs";
import { driftKey, noDrift } from "../shared/drift";
import { formatId, parseId } from "../shared/ids";

/** @internal */
export const bkciCredential: ResourceType<Args, State> = {
  type: "BkciCredential",
  inputs,
  resolved: [driftKey, "server"],
  secrets: secretSlots,
  idOutputs: ["projectId", "credentialId"],
  computed: ["updateTime"],
  updated: () => ["updateTime"],
  replaceOn: ["server", "projectId", "credentialId", "type", removal],
  notCompared: ["server", "adopt"],
  unseen: slotNames,

  defaults: ({ settings }) => ({ server: settings.bkci.endpoint, projectId: settings.bkci.projectId, ...noDrift }),
  // An id is unique in its project, so two credentials with one id cannot exist at the same time. Also, when a half-done
  // move to another id or project is taken back, the old credential that is not deleted yet would clash.
  deleteBeforeReplace: (_old, replaces) => !replaces.includes("server"),

  wants: credentialKeys,
  holds: (id, state) => credentialKeys({ ...placeOf(id), server: state.server }),

  prepare(known, _connection, unknown) {
    demand(known.server, "bkci:endpoint", "to call BK-CI");
    const given = new Set(slotNames.filter((slot) => known[slot] !== undefined || unknown.has(slot)));
    const keepsValues = given.size === 0 && (known.adopt === true || known.adopt === "only" || unknown.has("adopt"));
    if (known.type === undefined || keepsValues) return Promise.resolve({});
    return Promise.resolve({ failures: wrongSlots(known.type, given) });
  },

  adoption(known, connection, unknown) {
    const givesValues = hasValues(known) || slotNames.some((slot) => unknown.has(slot));
    return lookToAdopt(known, givesValues, connection.bkci(known.server));
  },

  async differences(old, args, connection) {
    // Old states have no server. Then the server of the settings is meant.
    const moved = old.server !== undefined && old.server !== args.server;
    const removes = old[optionalSlot] !== undefined && args[optionalSlot] === undefined && hasValues(args);
    const replaced = removes || (["projectId", "credentialId", "type"] as const).some((key) => old[key] !== args[key]);
    // The old one is deleted first, so check before that the new one can be made.
    if (replaced && !moved && !containsUnknown(args.projectId)) {
      const caller = connection.bkci(old.server);
      await demandProject(caller, args.projectId);
      const isElsewhere = old.projectId !== args.projectId || old.credentialId !== args.credentialId;
      if (!hasValues(args) && !(isElsewhere && (await isVisible(caller, args)))) throw new Error(valuesMissing(args));
    }
    // The time of the last write could not be read then, but can be now: write again to record it.
    const unseenWrite =
      old.updateTime === undefined && !moved && !replaced && (await isVisible(connection.bkci(old.server), args));
    return [...(moved ? ["server"] : []), ...(removes ? [removal] : []), ...(unseenWrite ? ["updateTime"] : [])];
  },

  async create(args, connection) {
    const caller = connection.bkci(args.server);
    const id = formatId(args.projectId, args.credentialId);
    const existing = args.adopt ? await look(caller, args).catch(unseen) : undefined;
    const times = existing ? await takeOver(existing, args, caller) : await makeNew(args, caller);
    try {
      return { id, outputs: await times() };
    } catch (error) {
      throw new PartialCreateError(id, {}, error);
    }
  },

  async read(id, old, connection) {
    const at = placeOf(id);
    const caller = connection.bkci(old?.server);
    const found = await seen(caller, at);
    const observed = { ...at, type: found.credentialType, ...textsOf(found, old) };
    // If our write could not read its time, a later look does not record one: others may have written since.
    return old
      ? { ...observed, drift: driftOf(found, old) }
      : { ...observed, updateTime: found.updatedTime, drift: [] };
  },

  imported(id) {
    warn(
      `BkciCredential ${id}: BK-CI shows no values. What the program gives counts as what is there until the credential is ` +
        "next written; with `adopt: true` it may give none, and they stay.",
    );
    return Promise.resolve({});
  },

  async update(id, old, args, connection) {
    const caller = connection.bkci(old.server);
    await demandOurs(caller, placeOf(id), old);
    await bkci.updateCredential(caller, args, bodyOf(args));
    return { createTime: old.createTime, ...(await written(args, caller)) };
  },

  async delete(id, old, connection) {
    const caller = connection.bkci(old.server);
    await demandOurs(caller, placeOf(id), old);
    await remove(caller, placeOf(id));
  },
};

async function makeNew(args: Args, caller: Caller): Promise<() => Promise<Times>> {
  demandMakeable(args);
  await createCredential(args, bodyOf(args), caller);
  return () => written(args, caller);
}

function credentialKeys(at: Partial<bkci.CredentialPlace & Pick<Args, "server">>): string[] {
  if (at.projectId === undefined || at.credentialId === undefined) return [];
  return [`the BK-CI credential ${at.credentialId} of project ${at.projectId} on ${at.server ?? "the server"}`];
}

function placeOf(id: string): bkci.CredentialPlace {
  const { project: projectId, credential: credentialId } = parseId(id, ["project", "credential"]);
  return { projectId, credentialId };
}
