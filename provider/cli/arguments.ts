/** What the command was asked to do. */
import { parseArgs } from "node:util";

export type Language = "typescript" | "yaml";

export interface Options {
  /** The new folder to write. */
  readonly out: string | undefined;
  /** The new file for `pulumi import --file`. */
  readonly importFile: string | undefined;
  /** Names of the only groups to take; none stands for all. */
  readonly groups: readonly string[];
  /** Names of the only apps to take; none stands for all. */
  readonly apps: readonly string[];
  readonly language: Language;
  /** Whether AppCodes are taken. */
  readonly codes: boolean;
  readonly dryRun: boolean;
}

export type Command =
  | { readonly command: "help" }
  | { readonly command: "adopt"; readonly options: Options }
  /** `file` is a name, or `-`. */
  | { readonly command: "report"; readonly file: string };

/** The command line is wrong. The message says how it should be. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const languages: readonly string[] = ["typescript", "yaml"] satisfies Language[];

/** @throws UsageError */
export function readArguments(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help === true) return { command: "help" };
  const [command, ...others] = positionals;
  if (command === "adopt") return { command, options: adoptOptions(values, others) };
  if (command === "report") return { command, file: fileToReport(values, others) };
  throw new UsageError(
    command === undefined
      ? "give a command: adopt or report"
      : `there is no command "${command}", only adopt and report`,
  );
}

function fileToReport(values: Values, [file, ...others]: readonly string[]): string {
  const [option] = Object.keys(values);
  if (option !== undefined) throw new UsageError(`report has no option --${option}`);
  if (file === undefined || file === "" || others.length > 0) {
    throw new UsageError("report takes one file, the output of `pulumi preview --json`, or - for standard input");
  }
  return file;
}

function adoptOptions(values: Values, others: readonly string[]): Options {
  if (others.length > 0) throw new UsageError(`adopt takes options only, not "${others.join(" ")}"`);
  const { out, language = "typescript", group = [], app = [], "import-file": importFile } = values;
  const dryRun = values["dry-run"] ?? false;
  if (!languages.includes(language))
    throw new UsageError(`--language must be ${languages.join(" or ")}, not "${language}"`);
  for (const [name, texts] of Object.entries({ out, group, app, "import-file": importFile })) {
    if ([texts].flat().includes("")) throw new UsageError(`--${name} must not be empty`);
  }
  if (out === undefined && importFile === undefined && !dryRun) {
    throw new UsageError("say where to write, with --out DIR, or look first, with --dry-run");
  }
  return {
    out,
    importFile,
    groups: group,
    apps: app,
    language: language as Language,
    codes: values["no-codes"] !== true,
    dryRun,
  };
}

type Values = ReturnType<typeof parse>["values"];

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: "string" },
        group: { type: "string", multiple: true },
        app: { type: "string", multiple: true },
        language: { type: "string" },
        "no-codes": { type: "boolean" },
        "dry-run": { type: "boolean" },
        "import-file": { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [sentence = ""] = error.message.split(/\.\s|\n/);
    throw new UsageError(sentence.replace(/\.$/, ""), { cause: error });
  }
}
