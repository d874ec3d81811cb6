/** The parts of Pulumi's package schema that this package needs. https://www.pulumi.com/docs/iac/extending-pulumi/schema/ */
import { tokens } from "../tokens";

export interface TypeSpec {
  readonly type?: "string" | "boolean" | "integer" | "number" | "array" | "object";
  readonly $ref?: string;
  readonly items?: TypeSpec;
  readonly additionalProperties?: TypeSpec;
  readonly oneOf?: readonly TypeSpec[];
}

export interface PropertySpec extends TypeSpec {
  readonly description?: string;
  readonly const?: string;
  readonly secret?: boolean;
  /** For readers only: the plugin itself says what a change replaces. */
  readonly willReplaceOnChanges?: boolean;
}

export type Properties = Readonly<Record<string, PropertySpec>>;

export interface ObjectSpec {
  readonly type?: "object";
  readonly description?: string;
  readonly properties: Properties;
  readonly required: readonly string[];
}

export interface EnumSpec {
  readonly type: "string";
  readonly description?: string;
  readonly enum: readonly { readonly value: string; readonly name?: string }[];
}

export type NamedSpec = ObjectSpec | EnumSpec;

export interface ResourceSpec {
  readonly description: string;
  readonly aliases: readonly { readonly type: string }[];
  readonly inputProperties: Properties;
  readonly requiredInputs: readonly string[];
  readonly properties: Properties;
  readonly required: readonly string[];
}

export interface FunctionSpec {
  readonly description: string;
  /** Absent where there are none. */
  readonly inputs?: ObjectSpec;
  readonly outputs: ObjectSpec;
}

export interface PackageSpec {
  readonly name: string;
  readonly displayName: string;
  readonly version: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly license: string;
  readonly meta: object;
  readonly language: Readonly<Record<string, object>>;
  readonly config: { readonly variables: Properties };
  readonly provider: {
    readonly description: string;
    readonly inputProperties: Properties;
  };
  readonly types: Readonly<Record<string, NamedSpec>>;
  readonly resources: Readonly<Record<string, ResourceSpec>>;
  readonly functions: Readonly<Record<string, FunctionSpec>>;
}

const named = `#/types/${tokens}`;

/** A type of this schema by its name. */
export const referenceTo = (name: string): TypeSpec => ({ $ref: named + name });

/** The name in a reference to a type of this schema; undefined for all other types. */
export function referredBy({ $ref = "" }: TypeSpec): string | undefined {
  return $ref.startsWith(named) ? $ref.slice(named.length) : undefined;
}

export const assetType: TypeSpec = { $ref: "pulumi.json#/Asset" };
export const anyType: TypeSpec = { $ref: "pulumi.json#/Any" };
