/** A preview masks secrets. A file may have been written in another way, so what it holds at their places is masked, too. */
import { Secrets } from "../../http/redact";
import { resourceTypes } from "../../resources/all";
import { typeOf } from "./changes";
import type { Preview } from "./preview";

export function secretsIn({ steps }: Preview): Secrets {
  const values = (steps ?? []).flatMap(({ urn, oldState, newState }) => {
    const type = typeOf(urn);
    if (type === undefined) return [];
    const bags = [oldState, newState].flatMap((state) => [state?.inputs, state?.outputs]);
    return bags.flatMap((bag) => secretNames(type).flatMap((name) => textsIn(bag?.[name])));
  });
  return new Secrets(values.filter((value) => value !== "" && value !== "[secret]"));
}

export function secretNames(type: keyof typeof resourceTypes): readonly string[] {
  return resourceTypes[type].secrets;
}

/** Also those inside the object that the engine makes of a secret. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value, ...plainOf(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The engine writes a secret's plain text as JSON. */
function plainOf(text: string): string[] {
  return /^".*"$/s.test(text) ? [text.slice(1, -1)] : [];
}
