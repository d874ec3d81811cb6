import { z } from "zod";

/** An optional field. Clients in Go, Terraform's provider too, send the zero of its type where it is not set. */
export const settable = <Schema extends z.ZodType>(schema: Schema, zero: 0 | "") =>
  z
    .literal(zero)
    .transform(() => undefined)
    .or(schema)
    .optional();
