import { z } from "zod";
import { adoptInput, type Adopt } from "../shared/adopt-input";
import { instanceInput, placeInputs, type RecordedPlace } from "../shared/place";
import { remarkInput } from "../shared/remark";

/** Inputs of an {@link App}. */
export interface AppInputs {
  /** 3 to 64 letters, digits, Chinese characters, `_` and `-`; first a letter or a Chinese character. Unique in the instance. */
  name: string;
  /** At most 255 characters. Default: none. If you remove it, the old one may stay: the service does not clear remarks. */
  remark?: string;
  /** Your own AppKey, 8 to 200 characters, if the instance allows it. Default: the service makes one. */
  appKey?: string;
  /** Your own AppSecret, 8 to 128 characters, if the instance allows it. Secret. Default: the service makes one. */
  appSecret?: string;
  /** Any values. When one changes, the app gets a new AppSecret, without a replacement. No effect if `appSecret` is set. */
  rotateSecret?: Record<string, string>;
  /**
   * Takes over the app with this name, if it exists, instead of failing; `"only"` fails if there is none. Only what differs is
   * written, and the preview says what that is. Nobody can see whether another stack has it, too. Default: false.
   */
  adopt?: Adopt;
  /** The APIG instance. Default: `huaweicloud:instanceId`. A change replaces. */
  instanceId?: string;
}

/** @internal */
export const inputs = z.object({
  ...placeInputs,
  ...instanceInput,
  ...remarkInput,
  ...adoptInput,
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
});

/** @internal */
export type Args = z.infer<typeof inputs>;
/** @internal */
export type State = Args & RecordedPlace & { readonly appKey: string; readonly appSecret: string };
