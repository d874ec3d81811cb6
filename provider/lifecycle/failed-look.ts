import type { Connection } from "../settings/connection";
import { SettingsError } from "../settings/settings";
import { harmless } from "./errors";
import { warn } from "./warn";

/**
 * Tells that a look of a preview failed, once for each reason: it fails no preview.
 *
 * @param unsaid what cannot be said without it, as a sentence
 */
export function warnOfFailedLook(connection: Connection, error: unknown, unsaid: string): void {
  const reason = harmless(error instanceof Error ? error.message : String(error));
  // Wrong settings are told by what needs them.
  if (!(error instanceof SettingsError) && connection.isNews(reason)) warn(`${unsaid} ${reason}`);
}
