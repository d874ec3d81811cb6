type Write = typeof process.stderr.write;

const listening = new Set<(chunk: string) => void>();
let write: Write | undefined;

/** Runs a step, and returns what it would print. If several steps run at the same time, each gets the output of all. */
export async function unprinted<Result>(step: () => Promise<Result>): Promise<{ result: Result; said: string }> {
  let said = "";
  const listen = (chunk: string) => void (said += chunk);
  listening.add(listen);
  write ??= divert();
  try {
    return { result: await step(), said };
  } finally {
    listening.delete(listen);
    if (listening.size === 0) {
      process.stderr.write = write;
      write = undefined;
    }
  }
}

/** Collects what this process prints. @returns the original function that prints */
function divert(): Write {
  const before = process.stderr.write.bind(process.stderr);
  process.stderr.write = (chunk: string | Uint8Array) => {
    for (const listen of listening) listen(String(chunk));
    return true;
  };
  return before;
}
