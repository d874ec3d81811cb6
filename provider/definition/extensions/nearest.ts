import { distance } from "fastest-levenshtein";

/** Number of letters that may be missing, added or wrong in a name. */
const mostMistakes = 2;

/** The known name that is most like a misspelt one, if any is near enough. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const letters = lettersOf(name);
  const same = known.find((each) => lettersOf(each) === letters);
  if (same !== undefined) return same;
  const [best] = known
    .map((each) => ({ each, mistakes: distance(lettersOf(each), letters) }))
    .filter(({ each, mistakes }) => mistakes <= Math.min(mostMistakes, each.length / 3))
    .sort((one, other) => one.mistakes - other.mistakes);
  return best?.each;
}

/** Ignores hyphens, underscores and case. Even pages of the service do not agree about them. */
function lettersOf(name: string): string {
  return name.slice(0, 200).toLowerCase().replace(/[-_]/g, "");
}
