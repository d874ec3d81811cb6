#!/usr/bin/env node
/** `npx pulumi-apig`. */
import { adopt } from "./adopt";
import { readArguments, UsageError } from "./arguments";
import { helpText } from "./help";
import { report } from "./report/report";

const terminal = {
  print: (text: string) => process.stdout.write(text),
  tell: (line: string) => process.stderr.write(`${line}\n`),
};

async function main(): Promise<number> {
  try {
    const asked = readArguments(process.argv.slice(2));
    if (asked.command === "help") terminal.print(helpText());
    else if (asked.command === "report") terminal.print(report(asked.file));
    else await adopt(asked.options, process.env, terminal);
    return 0;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    terminal.tell(`pulumi-apig: ${message}`);
    if (!(error instanceof UsageError)) return 1;
    terminal.tell("See pulumi-apig --help.");
    return 2;
  }
}

if (require.main === module) {
  // As shells name the end by a signal.
  const codes = { SIGINT: 130, SIGTERM: 143 } as const;
  for (const [signal, code] of Object.entries(codes)) {
    process.once(signal, () => {
      // Everything is written without a wait, so there is either all of it or nothing.
      terminal.tell("pulumi-apig: stopped");
      process.exit(code);
    });
  }
  void main().then((code) => {
    // Not at once: output to a pipe may still be on its way. Sockets that are kept open do not keep the process.
    process.exitCode = code;
  });
}
