import { bracketed } from "./layout";
import { isUsed, type Entries, type Program, type Value } from "./program";

export function typescript(program: Program): string {
  const body = program.steps.map((step) => {
    const args = step.args.length === 0 ? [] : [map(step.args)];
    const call =
      step.kind === "resource"
        ? `new apig.${step.of}(${[JSON.stringify(step.name), ...args].join(", ")});`
        : `apig.${step.of}Output(${args.join("")});`;
    return isUsed(step, program) || step.kind === "invoke" ? `const ${step.name} = ${call}` : call;
  });
  const outputs = program.outputs.map(([name, value]) => `export const ${name} = ${written(value)};`);
  const text = [...body, ...outputs].join("\n");
  const sdk = text.includes("pulumi.") ? ['import * as pulumi from "@pulumi/pulumi";'] : [];
  return [...sdk, 'import * as apig from "@pulumi/apig";', "", text].join("\n");
}

function map(entries: Entries): string {
  const members = entries.map(
    ([name, value]) => `${/^\w+$/.test(name) ? name : JSON.stringify(name)}: ${written(value)}`,
  );
  return bracketed(["{", "}"], members, { pad: " " });
}

function written(value: Value): string {
  switch (value.kind) {
    case "literal":
      return JSON.stringify(value.value);
    case "reference":
      return `${value.of}.${value.member}`;
    case "fileAsset":
      return `new pulumi.asset.FileAsset(${JSON.stringify(value.path)})`;
    case "list":
      return bracketed(["[", "]"], value.items.map(written), {});
    case "map":
      return map(value.entries);
  }
}
