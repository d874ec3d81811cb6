/**
 * BkciCredential: a credential that the pipelines of a BK-CI project use, as `${{ settings.<credentialId>.<field> }}`.
 *
 * BK-CI never shows a value. Every update therefore writes all of them, and what somebody else wrote shows by the time
 * of the last write, which is recorded after each write of ours.
 */
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import * as bkci from "../clients/bkci";
import { failedAs } from "../http/errors";
import type { Caller } from "../http/operation";
import type { Definition } from "../lifecycle";
import { PartialCreateError } from "../lifecycle/errors";
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
import { explained, look, remove, unseen, written } from "./bkci-credential-look";
import { createOnce, madeSince } from "./create-once";
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
type State = Args & { readonly updateTime?: number };

const secretSlots = slotNames.filter((slot) => slot !== "username");

/** What `replaces` names when a value is to be removed, which an update cannot do. */
const removal = `${optionalSlot} removed`;

/** @internal */
export const bkciCredential: Definition<Args, State> = {
  type: "BkciCredential",
  inputs,
  resolved: [driftKey],
  secrets: secretSlots,
  replaceOn: ["projectId", "credentialId", "type", removal],

  defaults: ({ settings }) => ({ projectId: settings.bkci.projectId, ...noDrift }),
  // The id is unique in its project. Another project has room for both, but when a move there that failed half-way is
  // taken back, an old one that is still to be deleted would be in the way.
  deleteBeforeReplace: () => true,

  wants: credentialKeys,
  holds: (id) => credentialKeys(placeOf(id)),

  prepare(known, _connection, unknown) {
    const given = new Set(slotNames.filter((slot) => known[slot] !== undefined || unknown.has(slot)));
    return Promise.resolve({ failures: known.type === undefined ? [] : wrongSlots(known.type, given) });
  },

  differences: (old, args) =>
    Promise.resolve(old[optionalSlot] !== undefined && args[optionalSlot] === undefined ? [removal] : []),

  async create(args, connection) {
    const caller = connection.bkci();
    const id = formatId(args.projectId, args.credentialId);
    await createCredential(id, args, caller);
    try {
      return { id, outputs: await written(args, caller) };
    } catch (error) {
      throw new PartialCreateError(id, {}, error);
    }
  },

  async read(id, old, connection) {
    const at = placeOf(id);
    const found = await explained(() => look(connection.bkci(), at));
    const observed = { ...at, type: found.credentialType, ...textsOf(found, old) };
    // Not known after a write whose result could not be looked at: what is there then is taken for ours.
    const updateTime = old?.updateTime ?? found.updatedTime;
    return { ...observed, updateTime, drift: found.updatedTime === updateTime ? [] : [describeWrite(found)] };
  },

  async update(_id, _old, args, connection) {
    const caller = connection.bkci();
    await bkci.updateCredential(caller, args, body(args));
    return written(args, caller);
  },

  async delete(id, _old, connection) {
    await remove(connection.bkci(), placeOf(id));
  },
};

function credentialKeys({ projectId, credentialId }: Partial<bkci.CredentialPlace>): string[] {
  if (projectId === undefined || credentialId === undefined) return [];
  return [`the BK-CI credential ${credentialId} of project ${projectId}`];
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

async function createCredential(id: string, args: Args, caller: Caller): Promise<void> {
  const began = caller.moment("bkci");
  const made = async () => {
    const found = await look(caller, args).catch(unseen);
    const time = new Date((found?.createTime ?? 0) * 1000).toISOString();
    return madeSince(time, began()) ? true : undefined;
  };
  try {
    await createOnce(
      caller,
      async () => {
        await bkci.createCredential(caller, args, body(args));
        return true;
      },
      made,
    );
  } catch (error) {
    // BK-CI stores a credential before it registers who may use it, so a create that failed may have left one.
    const left = !failedAs(error, "exists") && (await made().catch(() => undefined));
    throw left ? new PartialCreateError(id, {}, error) : error;
  }
}

/** Name and remark. What the program leaves out is no drift as long as it is what BK-CI makes of that. */
function textsOf(found: bkci.Credential, old: State | undefined) {
  const name = found.credentialName ?? found.credentialId;
  const remark = found.credentialRemark ?? "";
  return {
    name: old && old.name === undefined && name === found.credentialId ? undefined : name,
    remark: old?.remark === undefined && remark === "" ? undefined : remark,
  };
}

function describeWrite({ updatedTime, updateUser }: bkci.Credential): string {
  const time = new Date(updatedTime * 1000).toISOString();
  return `written by ${updateUser ?? "someone else"} at ${time}, perhaps with other values`;
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
