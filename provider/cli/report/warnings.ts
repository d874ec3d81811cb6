/** Warnings and errors of this package. What others print may hold anything, so it is only counted. */
import { typeOf } from "./changes";
import type { Diagnostic, Preview } from "./preview";
import type { Say } from "./section";

export function warningsOf({ diagnostics }: Preview, say: Say): string[] {
  const own = (diagnostics ?? []).filter(isOwn);
  const others = (diagnostics ?? []).filter((each) => each.severity === "error" && !isOwn(each)).length;
  const lines = own.map((each) => {
    const severity = each.severity === "error" ? "Error" : "Warning";
    return `- **${severity}:** ${say(each.message.replace(/^(?:warning|error): /, ""))}`;
  });
  return [
    ...new Set(lines),
    ...(others > 0 ? [`- **Error:** ${others} more, not of this package: see the log of the preview`] : []),
  ];
}

/** A preview that failed did not see all resources. */
export function hasFailed({ diagnostics }: Preview): boolean {
  return (diagnostics ?? []).some(({ severity }) => severity === "error");
}

/** The dynamic provider can only print: the engine shows its lines as information. */
function isOwn({ urn, message, severity }: Diagnostic): boolean {
  if (severity === "info#err") return message.startsWith("warning: ");
  return (severity === "warning" || severity === "error") && typeOf(urn ?? "") !== undefined;
}
