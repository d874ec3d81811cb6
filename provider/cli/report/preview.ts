/** The output of `pulumi preview --json`, as far as a report needs it. Everything else may be there, and is not read. */
import { z } from "zod";

const properties = z.record(z.string(), z.unknown());

const state = z.looseObject({ type: z.string(), inputs: properties.optional(), outputs: properties.optional() });

const step = z.looseObject({
  op: z.string(),
  urn: z.string(),
  oldState: state.nullish(),
  newState: state.nullish(),
  /** Names of the inputs that differ. */
  diffReasons: z.array(z.string()).nullish(),
  replaceReasons: z.array(z.string()).nullish(),
});

const diagnostic = z.looseObject({ urn: z.string().nullish(), message: z.string(), severity: z.string() });

const preview = z
  .looseObject({
    steps: z.array(step).nullish(),
    diagnostics: z.array(diagnostic).nullish(),
    changeSummary: z.record(z.string(), z.number()).nullish(),
  })
  // The engine leaves out what is empty, but never all of it.
  .refine(({ steps, diagnostics, changeSummary }) => (steps ?? diagnostics ?? changeSummary ?? null) !== null);

export type Preview = z.infer<typeof preview>;
export type Step = z.infer<typeof step>;
export type State = z.infer<typeof state>;
export type Diagnostic = z.infer<typeof diagnostic>;
export type Properties = Readonly<Record<string, unknown>>;

/** @param source for the message of an error, which says nothing of the content */
export function readPreview(text: string, source: string): Preview {
  const read = preview.safeParse(parsed(text));
  if (read.success) return read.data;
  throw new Error(`${source} is not the output of \`pulumi preview --json\``);
}

function parsed(text: string): unknown {
  try {
    // Some shells put a mark in front of what they write to a file.
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}
