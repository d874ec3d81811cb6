import type { Refused } from "./send";

/** The service's codes for an API that exists already, with the same name or the same method and path. */
const clash = /\(APIG\.(3202|3301)\)$/;

const advice =
  'What exists already was not made by this resource: delete or rename it, overwrite it with `apiMode: "override"`, or ' +
  "take it over with `adopt: true` if it has the same method and path and is nobody else's.";

/** Some operations could not be imported. All others that were sent are. */
export class ImportFailure extends Error {
  override readonly name = "ImportFailure";

  /** @param stopped the error that kept the rest from being sent */
  constructor(groupId: string, refused: Refused, stopped?: Error) {
    const count = refused.size === 1 ? "1 operation was" : `${refused.size} operations were`;
    const lines = [
      `${count} not imported into group ${groupId}:`,
      ...[...refused].map(([key, reason]) => `  ${key}: ${reason}`),
      ...([...refused.values()].some((reason) => clash.test(reason)) ? [advice] : []),
      ...(stopped === undefined ? [] : [`The rest was not sent: ${stopped.message}`]),
    ];
    super(lines.join("\n"), stopped && { cause: stopped });
  }
}
