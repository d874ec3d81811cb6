/** Where warnings go. The engine shows each line that a dynamic provider prints, but does not name the resource. */
let tell = (message: string): Promise<void> => {
  process.stderr.write(`warning: ${message}\n`);
  return Promise.resolve();
};

/** Shows a warning to the user. Not every host names the resource, so the message must name it. */
export function warn(message: string): void {
  void tell(message);
}

/** The same for a process that is about to end: waits until the host has the warning. */
export function warnInTime(message: string): Promise<void> {
  return tell(message);
}

/** Called by a host that has a better way than standard error. */
export function tellWarningsBy(other: (message: string) => Promise<void>): void {
  tell = other;
}
