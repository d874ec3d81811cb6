/** Where warnings go. The engine shows what a dynamic provider prints, a line a diagnostic, without naming the resource. */
let tell = (message: string): void => {
  process.stderr.write(`warning: ${message}\n`);
};

/** Tells the user something that is no failure. Not every host names the resource: the message says what it is about. */
export function warn(message: string): void {
  tell(message);
}

/** For a host that has a better way than standard error. */
export function tellWarningsBy(other: (message: string) => void): void {
  tell = other;
}
