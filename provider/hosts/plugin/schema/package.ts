/** The schema of the package, made of its sources. */
import manifest from "../../../../package.json";
import { goPackage } from "./examples/go";
import { examplesOf, importOf } from "./examples/markup";
import type { Known } from "./examples/fitting";
import { functionFiles, functionSpecs } from "./functions";
import { describe, resourceFiles, resourceNames } from "./resources";
import { settingProperties, settingTypes } from "./settings";
import { Sources } from "./sources";
import { tokenOf } from "../tokens";
import type { PackageSpec } from "./spec";
import { together, Types } from "./types";

export function packageSpec(): PackageSpec {
  const sources = new Sources([...resourceFiles, ...functionFiles]);
  const inputTypes = new Types(sources, () => true);
  const outputTypes = new Types(sources, (member) => member === "totalCount");
  const described = resourceNames.map((name) => [name, describe(name, sources, inputTypes, outputTypes)] as const);
  const resources = Object.fromEntries(described.map(([name, { spec }]) => [name, spec]));
  const ids = Object.fromEntries(described.map(([name, { id }]) => [name, id]));
  const summary = resources["SecretTagQuery"]?.properties ?? {};
  const functions = functionSpecs(sources, inputTypes, outputTypes, summary);
  const types = together(settingTypes, inputTypes.named, outputTypes.named);

  const known: Known = {
    inputsOf: ({ of }) => resources[of]?.inputProperties ?? functions[of]?.inputs?.properties ?? {},
    named: (name) => types.get(name),
  };
  const illustrated = <Spec extends { readonly description: string }>(specs: Readonly<Record<string, Spec>>) => {
    const all = Object.entries(specs).map(([name, spec]) => {
      const id = ids[name];
      const parts = [
        spec.description,
        examplesOf(name, known),
        id === undefined ? [] : importOf(name, tokenOf(name), id),
      ];
      return [name, { ...spec, description: parts.flat().join("\n\n") }] as const;
    });
    return tokens(Object.fromEntries(all));
  };
  return {
    name: "apig",
    displayName: "APIG",
    version: manifest.version,
    description: "APIs, callers and secrets by tag on Huawei Cloud, credentials in BK-CI.",
    keywords: [...manifest.keywords, "category/cloud", "kind/native"],
    license: manifest.license,
    meta: { moduleFormat: "(.*)", supportPack: true },
    language: {
      nodejs: respecting,
      python: respecting,
      go: { ...respecting, importBasePath: goPackage },
      csharp: respecting,
    },
    config: { variables: settingProperties },
    provider: {
      description: "Settings for the resources that are given this provider.",
      inputProperties: settingProperties,
    },
    types: tokens(Object.fromEntries(types)),
    resources: illustrated(resources),
    functions: illustrated(functions),
  };
}

/** SDKs have the version of the plugin, and ask the engine for that one. */
const respecting = { respectSchemaVersion: true };

function tokens<Spec>(specs: Readonly<Record<string, Spec>>): Readonly<Record<string, Spec>> {
  const sorted = Object.entries(specs).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, spec]) => [tokenOf(name), spec]));
}
