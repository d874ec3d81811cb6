import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const open = new Set<string>();

/** A new empty folder, and a function that removes it. It is removed when this process ends, at the latest. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  if (open.size === 0) process.once("exit", removeAll).once("SIGTERM", onTerminate);
  const path = mkdtempSync(join(tmpdir(), "pulumi-apig-"));
  open.add(path);
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true, maxRetries: 3 });
      open.delete(path);
      if (open.size === 0) process.off("exit", removeAll).off("SIGTERM", onTerminate);
    },
  };
}

function removeAll(): void {
  for (const path of open) rmSync(path, { recursive: true, force: true });
}

/** Without a listener, this signal ends Node.js without an `exit` event. */
function onTerminate(): void {
  process.exit(143);
}
