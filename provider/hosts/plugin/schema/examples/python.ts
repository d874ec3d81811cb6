import { fitting, objectOf, type Known } from "./fitting";
import { bracketed, lines } from "./layout";
import type { Program, Value } from "./program";
import type { TypeSpec } from "../spec";

export function python({ steps, outputs }: Program, known: Known): string {
  const body = steps.map((step) => {
    const types = known.inputsOf(step);
    const args = step.args.map(([name, value]) => `${snake(name)}=${written(value, types[name] ?? {}, known)}`);
    const all = step.kind === "resource" ? [JSON.stringify(step.name), ...args] : args;
    const called = `apig.${step.kind === "resource" ? step.of : `${snake(step.of)}_output`}`;
    return `${snake(step.name)} = ${called}${all.length === 0 ? "()" : call(all)}`;
  });
  const exported = outputs.map(
    ([name, value]) => `pulumi.export(${JSON.stringify(name)}, ${written(value, {}, known)})`,
  );
  const text = [...body, ...exported].join("\n");
  const sdk = text.includes("pulumi.") ? ["import pulumi"] : [];
  return [...sdk, "import pulumi_apig as apig", "", text].join("\n");
}

const indent = "    ";

function call(args: readonly string[]): string {
  return args.length < 2 ? `(${args.join("")})` : lines(["(", ")"], args, { indent });
}

/** Members of objects have the names of the language; keys of maps are the program's own. */
function written(value: Value, type: TypeSpec, known: Known): string {
  switch (value.kind) {
    case "literal":
      return value.value === true ? "True" : value.value === false ? "False" : JSON.stringify(value.value);
    case "reference":
      return `${snake(value.of)}.${snake(value.member)}`;
    case "fileAsset":
      return `pulumi.FileAsset(${JSON.stringify(value.path)})`;
    case "list":
      return bracketed(
        ["[", "]"],
        value.items.map((item) => written(item, type.items ?? {}, known)),
        { indent },
      );
    case "map": {
      const fit = fitting(value, type, known);
      const object = objectOf(fit, known);
      const members = value.entries.map(([name, each]) => {
        const of = object === undefined ? fit.additionalProperties : object[1].properties[name];
        return `${JSON.stringify(object === undefined ? name : snake(name))}: ${written(each, of ?? {}, known)}`;
      });
      return bracketed(["{", "}"], members, { indent });
    }
  }
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
