import { z } from "zod";

/** An optional field. Go clients, also Terraform's provider, send the zero of its type when it is not set. */
export const settable = <Schema extends z.ZodType>(schema: Schema, zero: 0 | "") =>
  z
    .literal(zero)
    .transform(() => undefined)
    .or(schema)
    .optional();
