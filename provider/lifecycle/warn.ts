/**
 * Shows a warning to the user. The engine shows each line that a dynamic provider prints, but does not name the resource:
 * the message must name it.
 */
export function warn(message: string): void {
  process.stderr.write(`warning: ${message}\n`);
}
