/**
 * BkciCredential: a credential that the pipelines of a BK-CI project use, as `${{ settings.<credentialId>.<field> }}`.
 *
 * BK-CI never shows a value. Every update therefore writes all of them, and what somebody else wrote shows by the time
 * of the last write, which is recorded after each write of ours.
 */
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import * as bkci from "../clients/bkci";
import type { Caller } from "../http/operation";
import type { Definition } from "../lifecycle";
import { unknownValue } from "../lifecycle/check";
import { PartialCreateError } from "../lifecycle/errors";
import { demand } from "../settings";
import shell = require("../shells/bkci-credential");
import {
  numbered,
  optionalSlot,
  problemOfPrivateKey,
  problemOfValue,
  slotNames,
  typeNames,
  wrongSlots,
  type BkciCredentialType,
  type Slot,
} from "./bkci-credential-types";
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
} from "./bkci-credential-look";
import { driftInput, driftKey, noDrift } from "./drift";
import { formatId, parseId } from "./ids";
import { properties, secret, type Input } from "./inputs";

/**
 * Inputs of a {@link BkciCredential}. Which of the values are given depends on `type`; beside each stands the field by
 * which a pipeline reads it. All are secret but `username`.
 */
export interface BkciCredentialArgs {
  /** The project, by its English name. Default: `bkci:projectId`. A change replaces. */
  projectId?: Input<string>;
  /** 1 to 40 letters, digits and underscores: pipelines use it. A change replaces, deleting first. */
  credentialId: Input<string>;
  /** The type. A change replaces, deleting first. */
  type: Input<BkciCredentialType>;
  /** 1 to 64 letters, digits, Chinese characters and `_-.`. Default: the id. */
  name?: Input<string>;
  /** Remark. Default: none. */
  remark?: Input<string>;
  /** Takes over the credential of this id, if there is one of this type, by writing all its values. Default: false. */
  adopt?: Input<boolean>;
  /** `password` of PASSWORD, MULTI_LINE_PASSWORD, USERNAME_PASSWORD and TOKEN_USERNAME_PASSWORD. */
  password?: Input<string>;
  /** `access_token` of ACCESSTOKEN. */
  accessToken?: Input<string>;
  /** `oauth_token` of OAUTHTOKEN. Releases before 2.0 do not have this type. */
  oauthToken?: Input<string>;
  /** `secretKey` of SECRETKEY, APPID_SECRETKEY and COS_APPID_SECRETID_SECRETKEY_REGION. */
  secretKey?: Input<string>;
  /** `username` of USERNAME_PASSWORD and TOKEN_USERNAME_PASSWORD. Not secret. */
  username?: Input<string>;
  /** `appId` of APPID_SECRETKEY. */
  appId?: Input<string>;
  /** `privateKey` of SSH_PRIVATEKEY and TOKEN_SSH_PRIVATEKEY: PEM, of RSA or OpenSSH, without a line break at the end. */
  privateKey?: Input<string>;
  /** `passphrase` of SSH_PRIVATEKEY and TOKEN_SSH_PRIVATEKEY, optional. To remove it replaces, deleting first. */
  passphrase?: Input<string>;
  /** `token` of TOKEN_SSH_PRIVATEKEY and TOKEN_USERNAME_PASSWORD. */
  token?: Input<string>;
  /** `cosappId` of COS_APPID_SECRETID_SECRETKEY_REGION. */
  cosAppId?: Input<string>;
  /** `secretId` of COS_APPID_SECRETID_SECRETKEY_REGION. */
  secretId?: Input<string>;
  /** `region` of COS_APPID_SECRETID_SECRETKEY_REGION. */
  region?: Input<string>;
}

const value = (problem: (text: string) => string | undefined) =>
  z
    .string()
    .superRefine((text, context) => {
      const message = problemOfValue(text) ?? problem(text);
      if (message !== undefined) context.addIssue(message);
    })
    .optional();

const valueInputs = {
  ...(Object.fromEntries(slotNames.map((slot) => [slot, value(() => undefined)])) as Record<
    Slot,
    ReturnType<typeof value>
  >),
  privateKey: value(problemOfPrivateKey),
};

const inputs = z.object({
  ...driftInput,
  server: z.string().optional(),
  adopt: z.boolean().optional(),
  projectId: z
    .string({
      error: "set it here, as bkci:projectId in the stack's config, or as BKCI_PROJECT_ID in the environment",
    })
    .regex(/^[\w-]+$/, "must be the English name of a project: letters, digits and hyphens"),
  credentialId: z.string().regex(/^\w{1,40}$/, "must have 1 to 40 letters, digits or underscores"),
  type: z.enum(typeNames, `must be one of ${typeNames.join(", ")}`),
  name: z
    .string()
    .regex(
      /^[\w.\-\u4e00-\u9fa5]{1,64}$/,
      "must have 1 to 64 letters, digits, Chinese characters, underscores, hyphens or dots",
    )
    .optional(),
  remark: z.string().optional(),
  ...valueInputs,
});

type Args = z.infer<typeof inputs>;
type State = Args & Times;

const secretSlots = slotNames.filter((slot) => slot !== "username");

/** What `replaces` names when a value is to be removed, which an update cannot do. */
const removal = `${optionalSlot} removed`;

/** @internal */
export const bkciCredential: Definition<Args, State> = {
  type: "BkciCredential",
  inputs,
  resolved: [driftKey, "server"],
  secrets: secretSlots,
  replaceOn: ["server", "projectId", "credentialId", "type", removal],
  notCompared: ["server", "adopt"],

  defaults: ({ settings }) => ({ server: settings.bkci.endpoint, projectId: settings.bkci.projectId, ...noDrift }),
  // An id is unique in its project, so two of one id cannot stand side by side. Also when a move to another id or project
  // that failed half-way is taken back, an old one that is still to be deleted would be in the way.
  deleteBeforeReplace: (_old, replaces) => !replaces.includes("server"),

  wants: credentialKeys,
  holds: (id, state) => credentialKeys({ ...placeOf(id), server: state.server }),

  prepare(known, _connection, unknown) {
    demand(known.server, "bkci:endpoint", "to call BK-CI");
    const given = new Set(slotNames.filter((slot) => known[slot] !== undefined || unknown.has(slot)));
    return Promise.resolve({ failures: known.type === undefined ? [] : wrongSlots(known.type, given) });
  },

  async differences(old, args, connection) {
    // States of before have no server: theirs is the one of the settings.
    const moved = old.server !== undefined && old.server !== args.server;
    const removes = old[optionalSlot] !== undefined && args[optionalSlot] === undefined;
    const replaced = removes || (["projectId", "credentialId", "type"] as const).some((key) => old[key] !== args[key]);
    // The old one goes first, so the new one must be possible.
    if (replaced && !moved && args.projectId !== unknownValue) {
      await demandProject(connection.bkci(old.server), args.projectId);
    }
    // Nobody could look at the last write: now that one can, it is done again, and its time known.
    const unseenWrite =
      old.updateTime === undefined && !moved && !replaced && (await isVisible(connection.bkci(old.server), args));
    return [...(moved ? ["server"] : []), ...(removes ? [removal] : []), ...(unseenWrite ? ["updateTime"] : [])];
  },

  async create(args, connection) {
    const caller = connection.bkci(args.server);
    const id = formatId(args.projectId, args.credentialId);
    const existing = args.adopt ? await look(caller, args).catch(unseen) : undefined;
    if (existing === undefined) await createCredential(args, body(args), caller);
    else await overwrite(existing, args, caller);
    try {
      return { id, outputs: await written(args, caller) };
    } catch (error) {
      throw new PartialCreateError(id, {}, error);
    }
  },

  async read(id, old, connection) {
    const at = placeOf(id);
    const caller = connection.bkci(old?.server);
    const found = await seen(caller, at);
    const observed = { ...at, type: found.credentialType, ...textsOf(found, old) };
    // Times that a write of ours could not see are not learnt from a look: others may have written since.
    return old
      ? { ...observed, drift: driftOf(found, old) }
      : { ...observed, updateTime: found.updatedTime, drift: [] };
  },

  async update(id, old, args, connection) {
    const caller = connection.bkci(old.server);
    await demandOurs(caller, placeOf(id), old);
    await bkci.updateCredential(caller, args, body(args));
    return { createTime: old.createTime, ...(await written(args, caller)) };
  },

  async delete(id, old, connection) {
    const caller = connection.bkci(old.server);
    await demandOurs(caller, placeOf(id), old);
    await remove(caller, placeOf(id));
  },
};

/** Takes over one that exists, by writing all of it. */
async function overwrite(existing: bkci.Credential, args: Args, caller: Caller): Promise<void> {
  if (existing.credentialType !== args.type) {
    throw new Error(
      `${args.credentialId} of project ${args.projectId} is of type ${existing.credentialType} and cannot become ` +
        `${args.type}: delete it, or choose another credentialId.`,
    );
  }
  await bkci.updateCredential(caller, args, body(args));
}

function credentialKeys(at: Partial<bkci.CredentialPlace & Pick<Args, "server">>): string[] {
  if (at.projectId === undefined || at.credentialId === undefined) return [];
  return [`the BK-CI credential ${at.credentialId} of project ${at.projectId} on ${at.server ?? "the server"}`];
}

function placeOf(id: string): bkci.CredentialPlace {
  const { project: projectId, credential: credentialId } = parseId(id, ["project", "credential"]);
  return { projectId, credentialId };
}

function body(args: Args): bkci.CredentialBody {
  const { type, name, remark } = args;
  return {
    credentialType: type,
    ...(name !== undefined && { credentialName: name }),
    ...(remark !== undefined && { credentialRemark: remark }),
    ...numbered(type, args),
  };
}

/**
 * A credential of a BK-CI project, through the v3 paths of its OpenAPI, such as
 * `POST /ms/openapi/api/apigw/v3/projects/{projectId}/credentials`.
 *
 * BK-CI never shows values: an outside change of them shows by the time of the write alone. A create fails if the id is
 * taken (2118008), and a refresh or delete without the permission to view or delete (403), which is not taken for gone.
 *
 * ```ts
 * new apig.BkciCredential("shop-code", {
 *   credentialId: "shop_app_code",
 *   type: "ACCESSTOKEN",
 *   accessToken: code.appCode, // a pipeline reads ${{ settings.shop_app_code.access_token }}
 * });
 * ```
 */
export class BkciCredential extends pulumi.dynamic.Resource {
  /** English name of the project. */
  declare readonly projectId: pulumi.Output<string>;
  /** What pipelines call it: `${{ settings.<credentialId>.<field> }}`. */
  declare readonly credentialId: pulumi.Output<string>;
  /** The type. */
  declare readonly type: pulumi.Output<BkciCredentialType>;
  /** The name, unless it is the id. */
  declare readonly name: pulumi.Output<string | undefined>;
  /** The remark. */
  declare readonly remark: pulumi.Output<string | undefined>;
  /** When it was last written, in epoch seconds. Unknown where the user may write but not view. */
  declare readonly updateTime: pulumi.Output<number | undefined>;

  constructor(name: string, args: BkciCredentialArgs, opts?: pulumi.CustomResourceOptions) {
    const outputs = ["projectId", "credentialId", "type", "name", "remark", "updateTime"];
    const values = Object.fromEntries(secretSlots.map((slot) => [slot, secret(args[slot])]));
    super(
      shell,
      name,
      properties(outputs, { ...args, ...values }),
      pulumi.mergeOptions({ additionalSecretOutputs: secretSlots }, opts),
      "apig",
      "BkciCredential",
    );
  }

  /**
   * Looks up a credential that exists, without managing it and without its values.
   *
   * @param id `project/credential`
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): BkciCredential {
    return new BkciCredential(name, {} as BkciCredentialArgs, { ...opts, id });
  }
}
