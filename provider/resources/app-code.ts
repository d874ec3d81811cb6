/**
 * AppCode: the credential that callers present in `X-Apig-AppCode`.
 *
 * The service cannot change a code, so every change makes a new one. It is handed on when the gateway has learnt it, and
 * the old one goes last. Values are made here and not by the service: after a lost answer a code can then be found
 * by its value, so that a retry never leaves two.
 */
import { createHash, randomBytes } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import * as codes from "../clients/apig/app-codes";
import { seeInstance } from "../clients/apig/instance";
import type { Connection } from "../connection";
import { failedAs } from "../http/errors";
import type { Definition } from "../lifecycle";
import { GoneError, PartialCreateError } from "../lifecycle/errors";
import shell = require("../shells/app-code");
import {
  cachedAppCodes,
  deleteListed,
  hasCallers,
  noteCreated,
  possibleAppCodes,
  untilOthersSettled,
} from "./app-code-lists";
import { createOnce } from "./create-once";
import { idOutput } from "./id-output";
import { formatId, idPart, parseId } from "./ids";
import {
  declareInstance,
  instanceInput,
  openInstance,
  placeDifferences,
  placeInputs,
  placeKeys,
  recordPlace,
  type PlacedInstance,
  type RecordedPlace,
} from "./place";
import { keysIn } from "./natural-keys";
import { properties, secret, type Input } from "./inputs";

/** Inputs of an {@link AppCode}. */
export interface AppCodeArgs {
  /** Id of the app that the code belongs to. A change replaces. */
  appId: Input<string>;
  /**
   * The code: 64 to 180 characters, first a letter, digit, `+` or `/`, then also `_!@#$%-=`. Secret.
   * Default: a random one of 64 hex digits. A change replaces.
   */
  appCode?: Input<string>;
  /** Any values; when one changes, the code is replaced by a new one, which comes first. */
  rotate?: Input<Record<string, Input<string>>>;
  /**
   * Seconds until the gateway knows a new code. Where the app has codes already, so that callers may get the new one
   * instead of theirs, the create takes this long before it hands the code on; and a replaced code is not deleted before
   * the newest one is this old. Callers are then never locked out. 0 to 600, default: 10, as the service says.
   */
  propagationSeconds?: Input<number>;
  /** Takes over a code that exists: `true` finds it by its value, a string is its id. Default: false. */
  adopt?: Input<boolean | string>;
  /** The APIG instance. Default: `huaweicloud:instanceId`. A change replaces. */
  instanceId?: Input<string>;
}

/** Default of `propagationSeconds`: the service documents 5 to 10 seconds until a change reaches the gateway. */
const propagationSeconds = 10;

/** Characters of a code, from seed page 004. */
const charset = /^[A-Za-z0-9+/][A-Za-z0-9+/_!@#$%=-]*$/;

const inputs = z.object({
  ...placeInputs,
  ...instanceInput,
  appId: z.string().min(1),
  appCode: z
    .string()
    .min(64, "must have 64 to 180 characters")
    .max(180, "must have 64 to 180 characters")
    .regex(charset, "must start with a letter, digit, + or /, and hold only letters, digits and + / _ ! @ # $ % - =")
    .optional(),
  rotate: z.record(z.string(), z.string()).optional(),
  propagationSeconds: z.number().int().min(0).max(600).optional(),
  adopt: z.union([z.boolean(), z.string().min(1)]).optional(),
});

type Args = z.infer<typeof inputs>;
type State = Args &
  RecordedPlace & {
    readonly appCode: string;
    readonly createTime: string;
    /** When a create began of which nobody knows whether it took effect; epoch milliseconds on the service's clock. */
    readonly unconfirmedSince?: number;
  };

/** @internal */
export const appCode: Definition<Args, State> = {
  type: "AppCode",
  inputs,
  resolved: placeKeys,
  secrets: ["appCode"],
  replaceOn: [...placeKeys, "instanceId", "appId", "appCode", "rotate"],
  notCompared: [...placeKeys, "adopt"],
  filledIn: ["appCode"],
  fromId: (id) => ({ instanceId: idPart(id, 0), appId: idPart(id, 1) }),

  wants: valueKeys,
  // Of an unconfirmed one only its value is known.
  holds: (id, state) => (state.unconfirmedSince === undefined ? idKeys(state, idPart(id, 2)) : valueKeys(state)),
  isMany: true,

  defaults: declareInstance,

  async differences(old, args, connection) {
    const elsewhere = await placeDifferences(old, args, connection);
    return old.unconfirmedSince === undefined ? elsewhere : [...elsewhere, "appCode"];
  },
  // Nobody was given an unconfirmed one, and its value may be wanted again.
  deleteBeforeReplace: (old) => old.unconfirmedSince !== undefined,

  rules: ({ adopt, appCode: value }, unknown) =>
    adopt === true && value === undefined && !unknown.has("appCode")
      ? [{ property: "adopt", reason: "true finds a code by its value: give appCode too, or the id of the code here" }]
      : [],

  async create(args, connection) {
    const place = await recordPlace(args, connection);
    const instance = await openInstance(connection, place, args.instanceId);
    const made = await adopted(args, instance);
    const code = made ?? (await createCode(args, instance, connection));
    return { id: formatId(args.instanceId, args.appId, code.id), outputs: { ...place, ...observed(code) } };
  },

  async read(id, old, connection) {
    const { instance: instanceId, app: appId, code: codeId } = parseId(id, ["instance", "app", "code"]);
    const instance = await openInstance(connection, old, instanceId);
    // A refresh asks for many codes of few apps: one list answers for all codes of an app. A single get asks for one.
    const all = old
      ? await cachedAppCodes(connection, instance, appId)
      : [await codes.showAppCode(instance, appId, codeId)];
    // Other codes of the app show that somebody answers who knows it.
    if (all.length === 0) await seeInstance(instance);
    const code = old ? findOwn(all, codeId, old) : all[0];
    if (!code) throw new GoneError(`App ${appId} has no AppCode ${codeId}.`);
    return { ...instance.place, instanceId, appId, ...observed(code) };
  },

  // Only inputs that are no part of the service's object change without a replacement.
  update: (_id, { region, project, projectId, appCode: value, createTime }) =>
    Promise.resolve({ region, project, projectId, appCode: value, createTime }),

  async delete(id, old, connection, neighbours) {
    const { instance: instanceId, app: appId, code: codeId } = parseId(id, ["instance", "app", "code"]);
    const instance = await openInstance(connection, old, instanceId);
    if (old.unconfirmedSince === undefined) {
      await untilOthersSettled(connection, instance, appId, codeId, old.propagationSeconds ?? propagationSeconds);
    }
    // All of this value: a create that was delivered twice left two, and callers of the one could go on with the other.
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

/** What claims say of the value of a code: never that itself. */
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
  if (adopt === true) return (await codes.listAppCodes(instance, appId)).find((code) => code.app_code === value);
  const code = await codes.showAppCode(instance, appId, adopt);
  if (value === undefined || value === code.app_code) return code;
  throw new Error(`AppCode ${adopt} has another value than appCode says. Leave appCode out to keep the value it has.`);
}

/** Makes a code, and hands it on when the gateway knows it, if somebody may be using another one till then. */
async function createCode(args: Args, instance: PlacedInstance, connection: Connection): Promise<codes.AppCode> {
  const seconds = args.propagationSeconds ?? propagationSeconds;
  const handOver = seconds > 0 && (await hasCallers(connection, instance, args.appId));
  const code = await makeCode(args, instance, connection);
  if (handOver) await connection.runtime.sleep(seconds * 1000);
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
    // Known by its value alone, until the next update deletes what there is of it and makes another one.
    const state = { ...instance.place, appCode: value, unconfirmedSince: began() };
    throw new PartialCreateError(formatId(instanceId, appId, "unconfirmed"), state, error);
  } finally {
    // Also after a failure: a create whose answer was lost may have added a code.
    noteCreated(connection, instance, appId);
  }
}

/** The code of a state: by its id or, where that is not known, by its value, which nobody else knows. */
function findOwn(all: readonly codes.AppCode[], codeId: string, old: State): codes.AppCode | undefined {
  const { appCode: value, unconfirmedSince } = old;
  return all.find((code) => (unconfirmedSince === undefined ? code.id === codeId : code.app_code === value));
}

function observed(code: codes.AppCode) {
  return { appCode: code.app_code, createTime: code.create_time };
}

/**
 * A credential for simple authentication: callers present it in the header `X-Apig-AppCode`, over HTTPS.
 * `CreateAppCodeV2`, `ShowDetailsOfAppCodeV2` and its list and delete.
 *
 * A create, and so a rotation, fails if the app holds five codes already (APIG.3131): remove one first.
 *
 * ```ts
 * const code = new apig.AppCode("web", { appId: web.appId, rotate: { quarter: "2026-4" } });
 * ```
 */
export class AppCode extends pulumi.dynamic.Resource {
  /** Id of the code. */
  readonly appCodeId: pulumi.Output<string>;
  /** The code itself. Secret. */
  declare readonly appCode: pulumi.Output<string>;
  /** Id of the app that the code belongs to. */
  readonly appId: pulumi.Output<string>;
  /** When the service made the code, for example `2020-07-24T02:31:45Z`. */
  declare readonly createTime: pulumi.Output<string>;
  /** The APIG instance. */
  readonly instanceId: pulumi.Output<string>;

  constructor(name: string, args: AppCodeArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      shell,
      name,
      properties(["createTime"], { ...args, appCode: secret(args.appCode) }),
      pulumi.mergeOptions({ additionalSecretOutputs: ["appCode"] }, opts),
      "apig",
      "AppCode",
    );
    this.appCodeId = idOutput(this, opts, 2);
    this.appId = idOutput(this, opts, 1);
    this.instanceId = idOutput(this, opts, 0);
  }

  /**
   * Looks up a code that exists, without managing it.
   *
   * @param id `instance/app/code`
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): AppCode {
    return new AppCode(name, {} as AppCodeArgs, { ...opts, id });
  }
}
