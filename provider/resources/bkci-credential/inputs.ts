import { z } from "zod";
import { spell } from "../../settings/keys";
import type { Times } from "./look";
import {
  optionalSlot,
  problemOfPrivateKey,
  problemOfValue,
  slotNames,
  typeNames,
  type BkciCredentialType,
  type Slot,
} from "./types";
import { adoptInput, type Adopt } from "../shared/adopt-input";
import { driftInput } from "../shared/drift";

/**
 * Inputs of a {@link BkciCredential}. Which values to give depends on `type`. The text of each value starts with the field
 * that pipelines read. All values are secret except `username`.
 */
export interface BkciCredentialInputs {
  /** The project, by its English name. Default: `bkci:projectId`. A change replaces. */
  projectId?: string;
  /** 1 to 40 letters, digits and underscores. Pipelines use it. A change replaces, and deletes first. */
  credentialId: string;
  /** The type. A change replaces, and deletes first. */
  type: BkciCredentialType;
  /** 1 to 64 letters, digits, Chinese characters and `_-.`. Default: the id. */
  name?: string;
  /** Remark. Default: none. */
  remark?: string;
  /**
   * Takes over the credential with this id and type, if it exists; `"only"` fails if there is none. BK-CI shows no values to
   * compare, so values that are given are written. To keep the values it has, give none, as long as `adopt` is set: then only
   * another name or remark is written. Nobody can see whether another stack has it, too. Default: false.
   */
  adopt?: Adopt;
  /** `password` of PASSWORD, MULTI_LINE_PASSWORD, USERNAME_PASSWORD and TOKEN_USERNAME_PASSWORD. */
  password?: string;
  /** `access_token` of ACCESSTOKEN. */
  accessToken?: string;
  /** `oauth_token` of OAUTHTOKEN. Releases before 2.0 do not have this type. */
  oauthToken?: string;
  /** `secretKey` of SECRETKEY, APPID_SECRETKEY and COS_APPID_SECRETID_SECRETKEY_REGION. */
  secretKey?: string;
  /** `username` of USERNAME_PASSWORD and TOKEN_USERNAME_PASSWORD. Not secret. */
  username?: string;
  /** `appId` of APPID_SECRETKEY. */
  appId?: string;
  /** `privateKey` of SSH_PRIVATEKEY and TOKEN_SSH_PRIVATEKEY: PEM, of RSA or OpenSSH, without a line break at the end. */
  privateKey?: string;
  /** `passphrase` of SSH_PRIVATEKEY and TOKEN_SSH_PRIVATEKEY, optional. To remove it replaces, and deletes first. */
  passphrase?: string;
  /** `token` of TOKEN_SSH_PRIVATEKEY and TOKEN_USERNAME_PASSWORD. */
  token?: string;
  /** `cosappId` of COS_APPID_SECRETID_SECRETKEY_REGION. */
  cosAppId?: string;
  /** `secretId` of COS_APPID_SECRETID_SECRETKEY_REGION. */
  secretId?: string;
  /** `region` of COS_APPID_SECRETID_SECRETKEY_REGION. */
  region?: string;
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

/** @internal */
export const inputs = z.object({
  ...driftInput,
  server: z.string().optional(),
  ...adoptInput,
  projectId: z
    .string({
      error: () => `set it here, or for all resources as ${spell("bkci:projectId")}`,
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

/** @internal */
export type Args = z.infer<typeof inputs>;
/** @internal */
export type State = Args & Times;

/** The name in `replaces` when a value is removed, because an update cannot do that. */
export const removal = `${optionalSlot} removed`;
