import assert from "node:assert/strict";
import { readArguments, UsageError } from "../../../provider/cli/arguments";
import { helpText } from "../../../provider/cli/help";
import { settingKeys } from "../../../provider/settings/settings";

function adoptOptions(...args: string[]) {
  const asked = readArguments(["adopt", ...args]);
  return asked.command === "adopt" ? asked.options : undefined;
}

describe("The arguments of pulumi-apig", () => {
  it("are options of adopt, with defaults", () => {
    assert.deepEqual(adoptOptions("--out", "shop"), {
      out: "shop",
      importFile: undefined,
      groups: [],
      apps: [],
      language: "typescript",
      codes: true,
      dryRun: false,
    });
    const all = ["--group", "a", "--group", "b", "--app", "c", "--no-codes", "--dry-run", "--language", "yaml"];
    assert.deepEqual(adoptOptions(...all, "--import-file", "i.json"), {
      out: undefined,
      importFile: "i.json",
      groups: ["a", "b"],
      apps: ["c"],
      language: "yaml",
      codes: false,
      dryRun: true,
    });
  });

  for (const args of [["--help"], ["-h"], ["adopt", "--help"], ["report", "-h"]]) {
    it(`ask for help: ${args.join(" ")}`, () => assert.deepEqual(readArguments(args), { command: "help" }));
  }

  for (const file of ["preview.json", "-"]) {
    it(`are a file to report: ${file}`, () => {
      assert.deepEqual(readArguments(["report", file]), { command: "report", file });
    });
  }

  const oneFile = "report takes one file, the output of `pulumi preview --json`, or - for standard input";

  for (const [args, message] of [
    [[], "give a command: adopt or report"],
    [["import", "--out", "x"], 'there is no command "import", only adopt and report'],
    [["report"], oneFile],
    [["report", ""], oneFile],
    [["report", "a", "b"], oneFile],
    [["report", "a", "--out", "b"], "report has no option --out"],
    [["adopt"], "say where to write, with --out DIR, or look first, with --dry-run"],
    [["adopt", "here"], 'adopt takes options only, not "here"'],
    [["adopt", "--out", "x", "--language", "python"], '--language must be typescript or yaml, not "python"'],
    [["adopt", "--out", ""], "--out must not be empty"],
    [["adopt", "--out", "x", "--group="], "--group must not be empty"],
    [["adopt", "--out"], /^Option '--out <value>' argument missing$/],
    [["adopt", "--outt", "x"], /^Unknown option '--outt'/],
    [["adopt", "--out", "x", "--no-codes=yes"], /does not take an argument$/],
  ] as [string[], string | RegExp][]) {
    it(`are refused in one sentence: ${args.join(" ") || "none"}`, () => {
      assert.throws(
        () => readArguments(args),
        (error: Error) => {
          assert.ok(error instanceof UsageError);
          if (typeof message === "string") assert.equal(error.message, message);
          else assert.match(error.message, message);
          assert.doesNotMatch(error.message, /\n/);
          return true;
        },
      );
    });
  }

  it("are all in the help, with the variables of all settings and where they are read from", () => {
    const text = helpText();
    for (const { environment } of settingKeys) assert.ok(text.includes(environment), environment);
    for (const option of ["out", "language", "group", "app", "no-codes", "dry-run", "import-file", "help"]) {
      assert.match(text, new RegExp(`^ {2}--${option}\\b`, "m"));
    }
    assert.match(text, /^ +pulumi-apig report FILE$/m);
    assert.match(text, /from the environment, not from the config of a stack/);
  });
});
