/**
 * App: who may call APIs. AppCodes belong to an app, and authorizations let an app call an API. The console calls it
 * a credential.
 */
import { isDeepStrictEqual } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import * as apps from "../clients/apig/apps";
import type { Definition } from "../lifecycle";
import shell = require("../shells/app");
import { createOnce } from "./create-once";
import { idOutput } from "./id-output";
import { formatId, idPart, parseId } from "./ids";
import { keysIn } from "./natural-keys";
import { properties, secret, type Input } from "./inputs";
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
import { remarkInput, remarkSeen } from "./remark";

/** Inputs of an {@link App}. */
export interface AppArgs {
  /** 3 to 64 characters: letters, digits, underscores, hyphens and Chinese, first a letter or Chinese. Unique in the instance. */
  name: Input<string>;
  /** At most 255 characters. Default: none. One that is removed again may stay: the service does not clear remarks. */
  remark?: Input<string>;
  /** Own AppKey of 8 to 200 characters, where the instance allows it. Default: the service makes one. */
  appKey?: Input<string>;
  /** Own AppSecret of 8 to 128 characters, where the instance allows it. Secret. Default: the service makes one. */
  appSecret?: Input<string>;
  /** Any values; when one changes, the app gets a new AppSecret in place. Without effect beside `appSecret`. */
  rotateSecret?: Input<Record<string, Input<string>>>;
  /** Takes over the app of this name, if there is one, instead of failing. Default: false. */
  adopt?: Input<boolean>;
  /** The APIG instance. Default: `huaweicloud:instanceId`. A change replaces. */
  instanceId?: Input<string>;
}

const inputs = z.object({
  ...placeInputs,
  ...instanceInput,
  ...remarkInput,
  name: z
    .string()
    .regex(
      /^[A-Za-z\u4e00-\u9fa5][\w\u4e00-\u9fa5-]{2,63}$/,
      "must have 3 to 64 letters, digits, underscores, hyphens or Chinese characters, and start with a letter or a Chinese one",
    ),
  appKey: z
    .string()
    .regex(/^[A-Za-z0-9][\w-]{7,199}$/, "must have 8 to 200 letters, digits, underscores or hyphens")
    .optional(),
  appSecret: z.string().min(8, "must have 8 to 128 characters").max(128, "must have 8 to 128 characters").optional(),
  rotateSecret: z.record(z.string(), z.string()).optional(),
  adopt: z.boolean().optional(),
});

type Args = z.infer<typeof inputs>;
type State = Args & RecordedPlace & { readonly appKey: string; readonly appSecret: string };

/** @internal */
export const app: Definition<Args, State> = {
  type: "App",
  inputs,
  resolved: placeKeys,
  secrets: ["appSecret"],
  replaceOn: [...placeKeys, "instanceId"],
  notCompared: [...placeKeys, "adopt"],
  filledIn: ["appKey", "appSecret"],
  fromId: (id) => ({ instanceId: idPart(id, 0) }),

  wants: (args) => keysIn(args, ["the app named", args.name]),
  holds: (id, state) => keysIn(state, ["app", idPart(id, 1)]),

  defaults: declareInstance,
  differences: placeDifferences,

  async create(args, connection) {
    const place = await recordPlace(args, connection);
    const instance = await openInstance(connection, place, args.instanceId);
    const existing = args.adopt ? await apps.findApp(instance, args.name) : undefined;
    const made = existing ? await apps.updateApp(instance, existing.id, body(args)) : await createApp(args, instance);
    return { id: formatId(args.instanceId, made.id), outputs: { ...place, ...keys(made) } };
  },

  async read(id, old, connection) {
    const { instance: instanceId, app: appId } = parseId(id, ["instance", "app"]);
    const instance = await openInstance(connection, old, instanceId);
    const found = await apps.showApp(instance, appId);
    return { ...instance.place, instanceId, name: found.name, remark: remarkSeen(found.remark, old), ...keys(found) };
  },

  async update(id, old, args, connection) {
    const { app: appId } = parseId(id, ["instance", "app"]);
    const instance = await openInstance(connection, old, old.instanceId);
    let updated = await apps.updateApp(instance, appId, body(args));
    if (args.appSecret === undefined && !isDeepStrictEqual(old.rotateSecret, args.rotateSecret)) {
      updated = await apps.resetAppSecret(instance, appId);
    }
    return { ...instance.place, ...keys(updated) };
  },

  async delete(id, old, connection) {
    const { app: appId } = parseId(id, ["instance", "app"]);
    await apps.deleteApp(await openInstance(connection, old, old.instanceId), appId);
  },
};

function createApp(args: Args, instance: PlacedInstance): Promise<apps.App> {
  return createOnce(
    instance.caller,
    () => apps.createApp(instance, body(args)),
    () => apps.findApp(instance, args.name),
    ({ id, name }) => `an app named ${name} (${id})`,
  );
}

function body(args: Args): apps.AppBody {
  const { name, remark = "", appKey, appSecret } = args;
  return { name, remark, ...(appKey && { app_key: appKey }), ...(appSecret && { app_secret: appSecret }) };
}

function keys(found: apps.App) {
  return { appKey: found.app_key, appSecret: found.app_secret };
}

/**
 * Who may call APIs: owns AppCodes and is authorized for APIs. `CreateAnAppV2` and its show, update, reset and delete.
 *
 * A create fails if the name is taken (APIG.3203: see `adopt`) or the instance holds as many apps as it may (APIG.3103).
 *
 * ```ts
 * const web = new apig.App("web", { name: "shop_web", rotateSecret: { year: "2026" } });
 * ```
 */
export class App extends pulumi.dynamic.Resource {
  /** Id of the app. */
  readonly appId: pulumi.Output<string>;
  /** The name. */
  declare readonly name: pulumi.Output<string>;
  /** The remark. */
  declare readonly remark: pulumi.Output<string | undefined>;
  /** The AppKey, for signed requests. */
  declare readonly appKey: pulumi.Output<string>;
  /** The AppSecret, for signed requests. Secret. */
  declare readonly appSecret: pulumi.Output<string>;
  /** The APIG instance. */
  readonly instanceId: pulumi.Output<string>;

  constructor(name: string, args: AppArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      shell,
      name,
      properties(["name", "remark", "appKey"], { ...args, appSecret: secret(args.appSecret) }),
      pulumi.mergeOptions({ additionalSecretOutputs: ["appSecret"] }, opts),
      "apig",
      "App",
    );
    this.appId = idOutput(this, opts, 1);
    this.instanceId = idOutput(this, opts, 0);
  }

  /**
   * Looks up an app that exists, without managing it.
   *
   * @param id `instance/app`
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): App {
    return new App(name, {} as AppArgs, { ...opts, id });
  }
}
