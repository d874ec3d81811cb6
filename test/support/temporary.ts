import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const open = new Set<string>();

/** A fresh empty folder and how to remove it. It is removed at the latest when this process ends. */
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

/** Node.js ends on this signal without an `exit` event, unless somebody listens. */
function onTerminate(): void {
  process.exit(143);
}
