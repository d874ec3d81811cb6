/** Functions as a schema describes them. */
import ts from "typescript";
import type { FunctionSpec, Properties } from "./spec";
import { commentOf, commentOfParameter, type Sources } from "./sources";
import type { Types } from "./types";
import { sentence, worded } from "./words";

const documented = "hosts/dynamic/functions.ts";
const taggedSecrets = "functions/tagged-secrets.ts";
const projects = "functions/bkci-projects.ts";
const queryFile = "resources/secret-tag-query/inputs.ts";

export const functionFiles = [documented, taggedSecrets, projects, queryFile];

/** @param summary the outputs of the resource `SecretTagQuery`, which the function has, too */
export function functionSpecs(
  sources: Sources,
  inputTypes: Types,
  outputTypes: Types,
  summary: Properties,
): Readonly<Record<string, FunctionSpec>> {
  const described = (name: string) => worded(commentOf(sources.find(documented, name)));
  const query = inputTypes.object(sources.members(sources.find(queryFile, "SecretTagQueryInputs")), "SecretTagQuery");
  const found = outputTypes.object(sources.members(sources.find(taggedSecrets, "TaggedSecrets")), "TaggedSecrets");
  const projectId = commentOfParameter(functionOf(sources, "getBkciProject"), "projectId");
  const project = outputTypes.declared(sources.find(projects, "BkciProject"));

  return {
    getTaggedSecrets: {
      description: described("getTaggedSecrets"),
      inputs: query,
      outputs: { ...found, properties: completed(found.properties, summary) },
    },
    getBkciProject: {
      description: described("getBkciProject"),
      inputs: { properties: { projectId: { type: "string", description: sentence(projectId) } }, required: [] },
      outputs: outputTypes.objectNamed("BkciProject"),
    },
    getBkciProjects: {
      description: described("getBkciProjects"),
      outputs: {
        properties: { projects: { type: "array", items: project, description: "The projects." } },
        required: ["projects"],
      },
    },
  };
}

/** Properties that have no comment get that of the other of their name. */
function completed(properties: Properties, others: Properties): Properties {
  const all = Object.entries(properties).map(([name, property]) => {
    const description = property.description ?? others[name]?.description;
    return [name, { ...property, ...(description !== undefined && { description }) }];
  });
  return Object.fromEntries(all) as Properties;
}

function functionOf(sources: Sources, name: string): ts.FunctionDeclaration {
  const found = sources.find(documented, name);
  if (!ts.isFunctionDeclaration(found)) throw new Error(`${name} is no function`);
  return found;
}
