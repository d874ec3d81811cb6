/** Resource types as a schema describes them. */
import ts from "typescript";
import { shells, type TypeName } from "../../dynamic/shells";
import { demandAgreement } from "./agreement";
import { definitions, fromSettings } from "./definitions";
import type { ObjectSpec, Properties, ResourceSpec } from "./spec";
import { commentOf, type Member, type Sources } from "./sources";
import type { Types } from "./types";
import { wordedType } from "./words";

const inputsFile = (name: TypeName) => `resources/${shells[name]}/inputs.ts`;
const classFile = (name: TypeName) => `hosts/dynamic/${shells[name]}.ts`;

export const resourceNames = Object.keys(shells) as TypeName[];
export const resourceFiles = resourceNames.flatMap((name) => [inputsFile(name), classFile(name)]);

export interface Described {
  readonly spec: ResourceSpec;
  /** The form of its ids, in words; undefined for what cannot be looked up. */
  readonly id: string | undefined;
}

/** The types of inputs and outputs are added to those that are given. */
export function describe(name: TypeName, sources: Sources, inputTypes: Types, outputTypes: Types): Described {
  const definition = definitions[name];
  const inputs = inputTypes.object(sources.members(sources.find(inputsFile(name), `${name}Inputs`)), name);
  demandAgreement(name, inputs, definition, fromSettings(definition), inputTypes.named);

  const declared = sources.find(classFile(name), name);
  const outputs = outputTypes.object(sources.members(declared).map(unwrapped), name);
  const kept = without(inputs, [...Object.keys(outputs.properties), ...(definition.notKept ?? [])]);
  const { description, id } = wordedType(commentOf(declared));
  const spec = {
    description,
    aliases: [{ type: `pulumi-nodejs:dynamic/apig:${name}` }],
    inputProperties: marked(inputs.properties, definition.secrets, definition.replaceOn),
    requiredInputs: inputs.required,
    properties: marked({ ...outputs.properties, ...kept.properties }, definition.secrets, []),
    required: [...outputs.required, ...kept.required],
  };
  return { spec, id };
}

/** The member of a class without `pulumi.Output` around its type. */
function unwrapped(member: Member): Member {
  const { type } = member;
  const inner = ts.isTypeReferenceNode(type) && type.typeName.getText() === "pulumi.Output" && type.typeArguments?.[0];
  if (!inner) throw new Error(`the output ${member.name} is of type ${type.getText()}`);
  return { ...member, type: inner };
}

function without({ properties, required }: ObjectSpec, names: readonly string[]): ObjectSpec {
  return {
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name))),
    required: required.filter((name) => !names.includes(name)),
  };
}

function marked(properties: Properties, secrets: readonly string[], replaceOn: readonly string[]): Properties {
  const all = Object.entries(properties).map(([name, property]) => [
    name,
    {
      ...property,
      ...(secrets.includes(name) && { secret: true }),
      ...(replaceOn.includes(name) && { willReplaceOnChanges: true }),
    },
  ]);
  return Object.fromEntries(all) as Properties;
}
