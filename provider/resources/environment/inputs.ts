import { z } from "zod";
import { adoptInput, type Adopt } from "../shared/adopt-input";
import { instanceInput, placeInputs, type RecordedPlace } from "../shared/place";
import { remarkInput } from "../shared/remark";

/** Inputs of an {@link Environment}. */
export interface EnvironmentInputs {
  /** 3 to 64 letters, digits and underscores, first a letter. Unique in the instance. */
  name: string;
  /** At most 255 characters. Default: none. If you remove it, the old one may stay: the service does not clear remarks. */
  remark?: string;
  /**
   * Takes over the environment with this name, if it exists, instead of failing; `"only"` fails if there is none. Only what differs is
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
    .regex(/^[A-Za-z]\w{2,63}$/, "must have 3 to 64 letters, digits or underscores, and start with a letter"),
});

/** @internal */
export type Args = z.infer<typeof inputs>;
/** @internal */
export type State = Args & RecordedPlace;
