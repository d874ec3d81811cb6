/** What callers of APIs notice when a definition replaces them. */
import type { Operation } from "../operation";
import { authText } from "../project/line";
import type { Callable } from "./callable";
import { stricterParameters } from "./parameters";
import type { Serving } from "./serving";

export interface Effect {
  /** How callers break, in words. Empty where all calls of today still work. */
  readonly breaks: readonly string[];
  /** What everybody may now call without proving anything: what callers had to prove before. */
  readonly opens?: string;
}

/** @param serving all operations of the new definition */
export function effectOn(before: Callable, serving: Serving): Effect {
  const after = serving.find(before);
  if (after === undefined) return { breaks: [gone(before, serving)] };
  const opens = after.authentication.authType === "NONE" && before.authentication.authType !== "NONE";
  return {
    breaks: [
      ...(before.matchMode === "SWA" && after.matchMode === "NORMAL"
        ? ["takes no more longer paths (was by prefix)"]
        : []),
      ...(before.requestType === "public" && after.requestType === "private" ? ["private (was public)"] : []),
      ...strongerAuthentication(before, after),
      ...(losesProtocol(before.protocol, after.protocol) ? [`${after.protocol} only (was ${before.protocol})`] : []),
      ...(before.cors && !after.cors ? ["no CORS any more, which browsers need"] : []),
      ...stricterParameters(before, after),
    ],
    ...(opens && { opens: authText(before.authentication) }),
  };
}

function gone(before: Callable, serving: Serving): string {
  const left = before.method === "ANY" ? serving.methodsAt(before) : [];
  return left.length === 0 ? "goes" : `goes, only ${left.join(" ")} of it is left`;
}

function strongerAuthentication(before: Callable, after: Callable): string[] {
  const [was, is] = [before.authentication, after.authentication];
  if (is.authType === "NONE") return [];
  if (is.authType !== was.authType || (was.appCode && !is.appCode)) return [`${authText(is)} (was ${authText(was)})`];
  const isOther = ![undefined, after.authorizer].includes(before.authorizer) && after.authorizer !== undefined;
  return isOther ? ["another authorizer"] : [];
}

/** Where the definition leaves the protocol to the service, nothing is known to change. */
function losesProtocol(was: Operation["protocol"], is: Operation["protocol"]): boolean {
  return was !== undefined && is !== undefined && is !== "BOTH" && is !== was;
}
