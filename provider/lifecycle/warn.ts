/** Where warnings go. The engine shows each line that a dynamic provider prints, but does not name the resource. */
let tell = (message: string): void => {
  process.stderr.write(`warning: ${message}\n`);
};

/** Shows a warning to the user. Not every host names the resource, so the message must name it. */
export function warn(message: string): void {
  tell(message);
}

/** Called by a host that has a better way than standard error. */
export function tellWarningsBy(other: (message: string) => void): void {
  tell = other;
}
