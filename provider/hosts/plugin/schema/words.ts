/** Comments of the sources as the words of a schema. */

/** A comment for everybody: links are names, and the lines of a paragraph are one. */
export function worded(comment: string): string {
  const plain = comment.replace(/\{@link (\w+)\}/g, "`$1`");
  return paragraphs(plain).join("\n\n");
}

/** What the comment of a class says: of the type, and of the form of its ids. Its example is one in TypeScript. */
export function wordedType(comment: string): { readonly description: string; readonly id: string | undefined } {
  const all = worded(comment.replace(/```ts\n[^]*?```/g, "")).split("\n\n");
  const idLine = /^Id: (.*)$/;
  return {
    description: all.filter((paragraph) => !idLine.test(paragraph)).join("\n\n"),
    id: all.flatMap((paragraph) => idLine.exec(paragraph)?.[1] ?? [])[0],
  };
}

/** A phrase of a table as a sentence. */
export function sentence(phrase: string): string {
  return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}.`;
}

function paragraphs(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) =>
      paragraph
        .split("\n")
        .map((line) => line.trim())
        .join(" ")
        .trim(),
    )
    .filter((paragraph) => paragraph !== "");
}
