import { z } from "zod";
import { instanceInput, placeInputs, type RecordedPlace } from "../shared/place";

/** Inputs of an {@link AppCode}. */
export interface AppCodeInputs {
  /** Id of the app that the code belongs to. A change replaces. */
  appId: string;
  /**
   * The code: 64 to 180 characters, first a letter, digit, `+` or `/`, then also `_!@#$%-=`. Secret.
   * Default: a random one of 64 hex digits. A change replaces.
   */
  appCode?: string;
  /** Any values. When one changes, a new code is created, and then the old one is deleted. */
  rotate?: Record<string, string>;
  /**
   * Seconds until the gateway knows a new code. If the app has codes already, the create waits this long before it ends,
   * because callers may get the new code instead of theirs. A replaced code is not deleted before the newest one is this
   * old. So callers are never locked out. 0 to 600, default: 10, as the service says.
   */
  propagationSeconds?: number;
  /**
   * Takes over an existing code: `true` finds it by its value, `"only"`, too, and fails if there is none; any other text is its
   * id. Nobody can see whether another stack has it, too. Default: false.
   */
  adopt?: boolean | string;
  /** The APIG instance. Default: `huaweicloud:instanceId`. A change replaces. */
  instanceId?: string;
}

/** Characters of a code, from seed page 004. */
const charset = /^[A-Za-z0-9+/][A-Za-z0-9+/_!@#$%=-]*$/;

/** @internal */
export const inputs = z.object({
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

/** @internal */
export type Args = z.infer<typeof inputs>;
/** @internal */
export type State = Args &
  RecordedPlace & {
    readonly appCode: string;
    readonly createTime: string;
    /** When a create began whose result is unknown; epoch milliseconds on the service's clock. */
    readonly unconfirmedSince?: number;
  };
