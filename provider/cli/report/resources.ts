/** What becomes of resources of which there is no more to say: publications, authorizations, apps and environments. */
import type { Change, TypeName } from "./changes";
import { getsSecret } from "./credentials";
import { changedInputs } from "./inputs";
import { textAt, type Say, type Section } from "./section";

const kinds = [
  { type: "ApiPublication", title: "Publications", one: "publication" },
  { type: "AppAuthorization", title: "Authorizations", one: "authorization" },
  { type: "App", title: "Apps", one: "app" },
  { type: "Environment", title: "Environments", one: "environment" },
] as const satisfies readonly { type: TypeName; title: string; one: string }[];

export function resourceSections(changes: readonly Change[], say: Say): Section[] {
  return kinds.map(({ type, title, one }) => {
    const own = changes.filter((change) => change.type === type && saysMore(change));
    return { title, one, rows: own.map((change) => rowOf(change, say)) };
  });
}

/** An app that only gets another AppSecret stands among the credentials. */
function saysMore(change: Change): boolean {
  return !getsSecret(change) || change.reasons.some((name) => !["appSecret", "rotateSecret"].includes(name));
}

function rowOf(change: Change, say: Say) {
  const { name, deed, before, after } = change;
  const called = textAt(after, "name") ?? textAt(before, "name");
  const isChange = deed === "changed" || deed === "replaced";
  const text = isChange ? changedInputs(change, say) : called === undefined ? "" : `named ${say(called)}`;
  return { deed, subject: say(name), text };
}
