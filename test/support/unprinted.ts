/** Runs a step that prints warnings, and answers them instead. */
export async function unprinted<Result>(step: () => Promise<Result>): Promise<{ result: Result; said: string }> {
  const write = process.stderr.write.bind(process.stderr);
  let said = "";
  process.stderr.write = (chunk: string | Uint8Array) => {
    said += String(chunk);
    return true;
  };
  try {
    return { result: await step(), said };
  } finally {
    process.stderr.write = write;
  }
}
