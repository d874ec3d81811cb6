/** Examples as they stand in descriptions: the engine's tools show each reader the one of its language. */
import type { Known } from "./fitting";
import { go } from "./go";
import { programOf } from "./program";
import { python } from "./python";
import { typescript } from "./typescript";

/** The example of a resource type or a function in every language. */
export function examplesOf(name: string, known: Known): string {
  const program = programOf(name);
  const texts = {
    yaml: program.yaml.trimEnd(),
    typescript: typescript(program),
    python: python(program, known),
    go: go(program, known),
  };
  const blocks = Object.entries(texts).map(([language, text]) => `\`\`\`${language}\n${text}\n\`\`\``);
  return [
    "{{% examples %}}",
    "## Example Usage",
    "{{% example %}}",
    ...blocks,
    "{{% /example %}}",
    "{{% /examples %}}",
  ].join("\n\n");
}

/** How an existing object is taken into the stack of the example. */
export function importOf(name: string, token: string, id: string): string {
  const step = programOf(name).steps.find(({ of }) => of === name);
  const form = /`([^`]+)`/.exec(id)?.[1] ?? "";
  const command = `pulumi import ${token} ${step?.name ?? ""} '${form.replace(/\w+/g, "<$&>")}'`;
  return `## Import\n\nThe id is ${id}\n\n\`\`\`sh\n${command}\n\`\`\``;
}
