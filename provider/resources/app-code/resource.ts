/**
 * AppCode: the credential that callers send in `X-Apig-AppCode`.
 *
 * The service cannot change a code, so every change makes a new one. Its create ends when the gateway knows it, and the
 * old code is deleted last. Values are made here and not by the service: so a code can be found by its value after a lost
 * answer, and a retry never leaves two.
 */
import { createHash, randomBytes } from "node:crypto";
import * as codes from "../../clients/apig/app-codes";
import { seeInstance } from "../../clients/apig/instance";
import type { Connection } from "../../settings/connection";
import { failedAs } from "../../http/errors";
import type { ResourceType } from "../../lifecycle/contract";
import { GoneError, PartialCreateError } from "../../lifecycle/errors";
import { cachedAppCodes, deleteListed, hasCallers, noteCreated, possibleAppCodes, untilOthersSettled } from "./lists";
import { inputs, type Args, type State } from "./inputs";
import { demandMaking, foundToAdopt, nothingToAdopt } from "../shared/adopt";
import { createOnce } from "../shared/create-once";
import { formatId, idPart, parseId } from "../shared/ids";
import {
  declareInstance,
  openInstance,
  placeDifferences,
  placeKeys,
  recordPlace,
  type PlacedInstance,
} from "../shared/place";
import { lookedUpOnce } from "../shared/looked-up";
import { keysIn } from "../shared/natural-keys";

/** Default of `propagationSeconds`: the service documents that a change reaches the gateway after 5 to 10 seconds. */
const propagationSeconds = 10;

/** @internal */
export const appCode: ResourceType<Args, State> = {
  type: "AppCode",
  inputs,
  resolved: placeKeys,
  secrets: ["appCode"],
  idOutputs: ["instanceId", "appId", "appCodeId"],
  computed: ["appCode", "createTime"],
  replaceOn: [...placeKeys, "instanceId", "appId", "appCode", "rotate"],
  notCompared: [...placeKeys, "adopt"],
  filledIn: ["appCode"],
  unseen: ["rotate", "propagationSeconds"],
  fromId: (id) => ({ instanceId: idPart(id, 0), appId: idPart(id, 1) }),

  wants: valueKeys,
  // Only the value of an unconfirmed code is known.
  holds: (id, state) => (state.unconfirmedSince === undefined ? idKeys(state, idPart(id, 2)) : valueKeys(state)),
  isMany: true,

  defaults: declareInstance,

  async differences(old, args, connection) {
    const elsewhere = await placeDifferences(old, args, connection);
    return old.unconfirmedSince === undefined ? elsewhere : [...elsewhere, "appCode"];
  },
  // No caller got an unconfirmed code, and the new code may have the same value.
  deleteBeforeReplace: (old) => old.unconfirmedSince !== undefined,

  rules: ({ adopt, appCode: value }, unknown) =>
    isByValue(adopt) && value === undefined && !unknown.has("appCode")
      ? [{ property: "adopt", reason: "it finds a code by its value: give appCode too, or the id of the code here" }]
      : [],

  async adoption({ adopt, appId, appCode: value, instanceId }, connection) {
    if (appId === undefined || instanceId === undefined || (isByValue(adopt) && value === undefined)) return undefined;
    const instance = await openInstance(connection, undefined, instanceId);
    const all = await lookedUpOnce(connection, `codes ${instanceId} ${appId}`, () =>
      codes.listAppCodes(instance, appId),
    );
    const found = all.find((code) => (isByValue(adopt) ? code.app_code === value : code.id === adopt));
    if (found === undefined) {
      return isByValue(adopt)
        ? nothingToAdopt(ofThisValue(appId), adopt)
        : { refuses: `App ${appId} has no AppCode ${adopt}.` };
    }
    if (value !== undefined && value !== found.app_code) return { refuses: otherValue(found.id) };
    return foundToAdopt(`AppCode of app ${appId}`, found.id, []);
  },

  async create(args, connection) {
    const place = await recordPlace(args, connection);
    const instance = await openInstance(connection, place, args.instanceId);
    const code = (await adopted(args, instance)) ?? (await createCode(args, instance, connection));
    return { id: formatId(args.instanceId, args.appId, code.id), outputs: { ...place, ...observed(code) } };
  },

  async read(id, old, connection) {
    const { instance: instanceId, app: appId, code: codeId } = parseId(id, ["instance", "app", "code"]);
    const instance = await openInstance(connection, old, instanceId);
    // A refresh reads many codes of few apps: one list for all codes of an app. A `.get()` reads one code.
    const all = old
      ? await cachedAppCodes(connection, instance, appId)
      : [await codes.showAppCode(instance, appId, codeId)];
    // If the list has other codes, the answer came from the real service. Else the instance must answer first.
    if (all.length === 0) await seeInstance(instance);
    const code = old ? findOwn(all, codeId, old) : all[0];
    if (!code) throw new GoneError(`App ${appId} has no AppCode ${codeId}.`);
    return { ...instance.place, instanceId, appId, ...observed(code) };
  },

  // Updates have nothing to send: all inputs that are part of the service's object replace.
  update: (_id, { region, project, projectId, appCode: value, createTime }) =>
    Promise.resolve({ region, project, projectId, appCode: value, createTime }),

  async delete(id, old, connection, neighbours) {
    const { instance: instanceId, app: appId, code: codeId } = parseId(id, ["instance", "app", "code"]);
    const instance = await openInstance(connection, old, instanceId);
    if (old.unconfirmedSince === undefined) {
      await untilOthersSettled(connection, instance, appId, codeId, old.propagationSeconds ?? propagationSeconds);
    }
    // All codes with this value: a create that was delivered twice left two, and each would let callers in.
    const all = await possibleAppCodes(connection, instance, appId);
    for (const code of all.filter((each) => each.app_code === old.appCode)) {
      if ([...idKeys(old, code.id), ...valueKeys(old)].some((key) => neighbours.isHeld(key))) continue;
      await deleteListed(connection, instance, appId, code.id);
    }
  },
};

function idKeys(args: Partial<Args>, codeId: string): string[] {
  return keysIn(args, ["AppCode", codeId, "of app", args.appId]);
}

/** Claim keys for the value of a code: with a digest, never with the value itself. */
function valueKeys(args: Partial<Args>): string[] {
  if (args.appCode === undefined) return [];
  const value = createHash("sha256").update(args.appCode).digest("base64url").slice(0, 16);
  return keysIn(args, ["the AppCode of digest", value, "of app", args.appId]);
}

async function adopted(
  { adopt, appId, appCode: value }: Args,
  instance: PlacedInstance,
): Promise<codes.AppCode | undefined> {
  if (adopt === undefined || adopt === false) return undefined;
  if (isByValue(adopt)) {
    const found = (await codes.listAppCodes(instance, appId)).find((code) => code.app_code === value);
    if (found === undefined) demandMaking(ofThisValue(appId), adopt);
    return found;
  }
  const code = await codes.showAppCode(instance, appId, adopt);
  if (value === undefined || value === code.app_code) return code;
  throw new Error(otherValue(adopt));
}

/** Any other text is the id of a code. */
function isByValue(adopt: Args["adopt"]): adopt is true | "only" {
  return adopt === true || adopt === "only";
}

const ofThisValue = (appId: string) => `AppCode of app ${appId} with the value of appCode`;

function otherValue(codeId: string): string {
  return `AppCode ${codeId} has another value than appCode says. Leave appCode out to keep the value it has.`;
}

/** Makes a code. If callers may use another code of the app, it waits until the gateway knows the new one. */
async function createCode(args: Args, instance: PlacedInstance, connection: Connection): Promise<codes.AppCode> {
  const seconds = args.propagationSeconds ?? propagationSeconds;
  const waits = seconds > 0 && (await hasCallers(connection, instance, args.appId));
  const code = await makeCode(args, instance, connection);
  if (waits) await connection.runtime.sleep(seconds * 1000);
  return code;
}

async function makeCode(args: Args, instance: PlacedInstance, connection: Connection): Promise<codes.AppCode> {
  const { instanceId, appId, appCode: value = randomBytes(32).toString("hex") } = args;
  const began = instance.caller.moment("apig");
  try {
    return await createOnce(
      instance.caller,
      () => codes.createAppCode(instance, appId, value),
      async () => (await codes.listAppCodes(instance, appId)).find((code) => code.app_code === value),
    );
  } catch (error) {
    if (!failedAs(error, "ambiguous")) throw error;
    // Only its value is known. The next update deletes all codes with this value and makes another one.
    const state = { ...instance.place, appCode: value, unconfirmedSince: began() };
    throw new PartialCreateError(formatId(instanceId, appId, "unconfirmed"), state, error);
  } finally {
    // Also after a failure: a create whose answer was lost may have added a code.
    noteCreated(connection, instance, appId);
  }
}

/** The code of a state: by its id or, if that is unknown, by its value, which only this stack knows. */
function findOwn(all: readonly codes.AppCode[], codeId: string, old: State): codes.AppCode | undefined {
  const { appCode: value, unconfirmedSince } = old;
  return all.find((code) => (unconfirmedSince === undefined ? code.id === codeId : code.app_code === value));
}

function observed(code: codes.AppCode) {
  return { appCode: code.app_code, createTime: code.create_time };
}
