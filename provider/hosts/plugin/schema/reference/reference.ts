/** docs/reference.md, made of the schema. */
import type { FunctionSpec, NamedSpec, PackageSpec, ResourceSpec } from "../spec";
import { outputTable, table } from "./tables";

const head = `# Reference

The resources, functions and settings of the package \`apig\`, in every language. Written by \`npm run reference\` from the
plugin's schema, and so from the comments that editors show: change those.

Inputs are marked as required, as replacing the object when they change, and as secret: encrypted in state, also where they
are given as plain text. TypeScript programs can also import the npm package \`pulumi-apig\` instead of the SDK: it has the
same classes, and the functions as \`getTaggedSecrets(args)\`, \`getBkciProject(id)\` and \`getBkciProjects()\`.`;

const settings = `As two objects in the stack's config (\`pulumi config set --path apig:huaweicloud.region …\`, or with \`--secret\`), as
inputs of an explicit provider, or in the environment. All are optional; what is missing is named when it is needed.`;

export function referenceOf({ resources, functions, types, config }: PackageSpec): string {
  const sections = [
    head,
    contents({ Resources: resources, Functions: functions }),
    "## Resources",
    ...Object.entries(resources).map(([token, spec]) => resourceSection(nameOf(token), spec)),
    "## Functions",
    ...Object.entries(functions).map(([token, spec]) => functionSection(nameOf(token), spec)),
    "## Settings",
    settings,
    table("setting", { properties: config.variables, required: [] }),
    "## Types",
    ...Object.entries(types).map(([token, spec]) => typeSection(nameOf(token), spec)),
  ];
  return `${sections.join("\n\n")}\n`;
}

function nameOf(token: string): string {
  return token.split(":").at(-1) ?? "";
}

function contents(parts: Readonly<Record<string, object>>): string {
  const lines = Object.entries(parts).map(([title, specs]) => {
    const links = Object.keys(specs).map((token) => `[${nameOf(token)}](#${nameOf(token).toLowerCase()})`);
    return `${title}: ${links.join(", ")}.`;
  });
  return [...lines, "[Settings](#settings). [Types](#types)."].join("\n\n");
}

function resourceSection(name: string, spec: ResourceSpec): string {
  const { intro, example, rest } = partsOf(spec.description);
  const inputs = table("input", { properties: spec.inputProperties, required: spec.requiredInputs });
  // What is an output only because it is an input is not told twice.
  const outputs = Object.entries(spec.properties).filter(
    ([output, { description }]) => spec.inputProperties[output]?.description !== description,
  );
  const told = { properties: Object.fromEntries(outputs), required: [] };
  return [`### ${name}`, intro, example, inputs, outputTable(told), rest.replace("## Import\n\n", "")]
    .filter((part) => part !== "")
    .join("\n\n");
}

function functionSection(name: string, { description, inputs, outputs }: FunctionSpec): string {
  const { intro, example } = partsOf(description);
  return [`### ${name}`, intro, example, ...(inputs ? [table("input", inputs)] : []), outputTable(outputs)].join(
    "\n\n",
  );
}

function typeSection(name: string, spec: NamedSpec): string {
  const body = "enum" in spec ? spec.enum.map(({ value }) => `\`${value}\``).join(", ") : table("member", spec);
  return [`### ${name}`, ...(spec.description === undefined ? [] : [spec.description]), body].join("\n\n");
}

/** A description in its parts. Of the languages only the first is in sight. */
function partsOf(description: string): { intro: string; example: string; rest: string } {
  const [intro = "", marked = "", rest = ""] = description.split(/\n\n\{\{% \/?examples %\}\}(?:\n\n|$)/);
  const [yaml = "", ...others] = marked.match(/```[^]*?```/g) ?? [];
  const folded = `<details><summary>TypeScript, Python, Go</summary>\n\n${others.join("\n\n")}\n\n</details>`;
  return { intro, example: `${yaml}\n\n${folded}`, rest };
}
