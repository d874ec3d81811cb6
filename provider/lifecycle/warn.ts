/**
 * Tells the user something that is no failure. The engine shows what a dynamic provider prints, a line a diagnostic,
 * without naming the resource: the message has to say what it is about.
 */
export function warn(message: string): void {
  process.stderr.write(`warning: ${message}\n`);
}
