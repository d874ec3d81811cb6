/** Credentials that a preview makes, rotates or removes. No value is read. */
import type { Change } from "./changes";
import { changedInputs } from "./inputs";
import type { Row } from "./markdown";
import { secretNames } from "./secret-values";
import { textAt, type Say, type Section } from "./section";

export function credentialsSection(changes: readonly Change[], say: Say): Section {
  const codes = changes.filter(({ type }) => type === "AppCode");
  return {
    title: "Credentials",
    one: "credential",
    rows: [
      ...codeRows(codes, say),
      ...changes.filter(({ type }) => type === "BkciCredential").map((change) => credentialRow(change, say)),
      ...changes.filter(getsSecret).map(({ name }) => row("rotated", `AppSecret of ${say(name)}`, "")),
    ],
  };
}

/** Whether an app that stays gets another AppSecret. */
export function getsSecret(change: Change): boolean {
  const { type, deed, reasons } = change;
  return type === "App" && deed === "changed" && (reasons.includes("rotateSecret") || changesValue(change));
}

/** Values are masked, so a change of one may be a change without a reason that shows. */
function changesValue({ type, after, reasons }: Change): boolean {
  const secrets = secretNames(type);
  return (
    reasons.some((name) => secrets.includes(name)) || (reasons.length === 0 && secrets.some((name) => name in after))
  );
}

/** A code that goes and one that comes in the same app are a rotation, whatever their names are. */
function codeRows(codes: readonly Change[], say: Say): Row[] {
  const added = codes.filter(({ deed }) => deed === "added");
  const successors = new Map<Change, Change>();
  for (const gone of codes.filter(({ deed }) => deed === "removed")) {
    const app = textAt(gone.before, "appId");
    const next = added.find((code) => textAt(code.after, "appId") === app && ![...successors.values()].includes(code));
    if (app !== undefined && next !== undefined) successors.set(gone, next);
  }
  const paired = [...successors.values()];
  return codes
    .filter((code) => !paired.includes(code))
    .map((code) => {
      const subject = `AppCode ${say(code.name)}`;
      const next = successors.get(code);
      if (next !== undefined) return row("rotated", subject, `${say(next.name)} takes its place`);
      if (code.deed === "replaced") return row("rotated", subject, changedInputs(code, say));
      return row(code.deed, subject, code.deed === "changed" ? changedInputs(code, say) : "");
    });
}

function credentialRow(change: Change, say: Say): Row {
  const { name, deed, before, after } = change;
  const id = textAt(after, "credentialId") ?? textAt(before, "credentialId") ?? name;
  const isRotated = deed === "changed" && changesValue(change);
  const text = deed === "changed" || deed === "replaced" ? changedInputs(change, say) : "";
  return row(isRotated ? "rotated" : deed, `BK-CI ${say(id)}`, text);
}

function row(deed: string, subject: string, text: string): Row {
  return { deed, subject, text };
}
