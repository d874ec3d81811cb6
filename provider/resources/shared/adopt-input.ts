import { z } from "zod";

/** `only`: takes over what exists, and fails if it does not. */
export type Adopt = boolean | "only";

/** @internal */
export const adoptInput = {
  adopt: z.union([z.enum(["only"]), z.boolean()], 'must be true, false or "only"').optional(),
};
