import { distance } from "fastest-levenshtein";

/** Letters that somebody may leave out, add or mistake in a name. */
const mostMistakes = 2;

/** The known name that a misspelt one was meant to be, if it is near enough to one. */
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

/** Hyphens, underscores and case are what differs most often: pages of the service do not agree about them themselves. */
function lettersOf(name: string): string {
  return name.slice(0, 200).toLowerCase().replace(/[-_]/g, "");
}
