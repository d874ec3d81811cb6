/** Types of the sources as types of a schema. Objects and lists of texts get names there. */
import ts from "typescript";
import { anyType, assetType, referenceTo, type NamedSpec, type ObjectSpec, type TypeSpec } from "./spec";
import { commentOf, type Declaration, type Member, type Sources } from "./sources";
import { worded } from "./words";

/** Where a type stands: of which the name of an unnamed one is made. */
interface Place {
  readonly owner: string;
  readonly member?: string;
}

export class Types {
  /** All types that were met, by name. */
  readonly named = new Map<string, NamedSpec>();
  readonly #begun = new Set<string>();

  /**
   * @param whole the type of numbers. Inputs are whole ones; of outputs only counts are, because the times of the services
   * do not fit into the integers of some languages
   */
  constructor(
    readonly sources: Sources,
    private readonly whole: (member: string) => boolean,
  ) {}

  /** The properties of members, and which of them are always there. */
  object(members: readonly Member[], owner: string): ObjectSpec {
    const properties = members.map((member) => {
      const description = worded(commentOf(member.node));
      return [member.name, { ...this.member(member, owner), ...(description !== "" && { description }) }] as const;
    });
    const required = members.filter((member) => !member.optional && !isNullable(member.type));
    return { properties: Object.fromEntries(properties), required: required.map(({ name }) => name) };
  }

  /** A declared type by its name. */
  declared(declaration: Declaration): TypeSpec {
    return this.#object(nameOf(declaration), worded(commentOf(declaration)), this.sources.members(declaration));
  }

  /** What a name stands for that was met before. */
  objectNamed(name: string): ObjectSpec {
    const spec = this.named.get(name);
    if (spec === undefined || "enum" in spec) throw new Error(`no object is called ${name}`);
    return spec;
  }

  member({ name, node, type }: Member, owner: string): TypeSpec & { readonly const?: string } {
    // A member that is inherited or picked names its own type after where it is declared.
    const declarer = ts.isInterfaceDeclaration(node.parent) && ts.isUnionTypeNode(type) ? nameOf(node.parent) : owner;
    return this.type(type, { owner: declarer, member: name });
  }

  type(node: ts.TypeNode, place: Place): TypeSpec & { readonly const?: string } {
    switch (node.kind) {
      case ts.SyntaxKind.StringKeyword:
        return { type: "string" };
      case ts.SyntaxKind.BooleanKeyword:
        return { type: "boolean" };
      case ts.SyntaxKind.NumberKeyword:
        return { type: this.whole(place.member ?? "") ? "integer" : "number" };
      case ts.SyntaxKind.UnknownKeyword:
        return anyType;
    }
    if (ts.isParenthesizedTypeNode(node)) return this.type(node.type, place);
    if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword)
      return this.type(node.type, place);
    if (ts.isArrayTypeNode(node)) return { type: "array", items: this.type(node.elementType, place) };
    if (ts.isUnionTypeNode(node)) return this.#union(node, place);
    if (ts.isLiteralTypeNode(node)) return literal(node);
    if (ts.isTypeLiteralNode(node)) {
      const members = this.sources.members(node);
      const name = place.member === undefined ? (members[0]?.name ?? "") : `${place.owner}_${place.member}`;
      return this.#object(titled(name).replace(/s$/, ""), "", members);
    }
    if (ts.isTypeReferenceNode(node)) return this.#reference(node, place);
    throw new Error(`${place.owner}.${place.member ?? ""}: a schema has no type ${node.getText()}`);
  }

  #reference(node: ts.TypeReferenceNode, place: Place): TypeSpec {
    const name = node.typeName.getText();
    const [, value] = node.typeArguments ?? [];
    if (name === "Record" && value !== undefined) {
      return { type: "object", additionalProperties: this.type(value, place) };
    }
    const declaration = this.sources.resolve(node);
    if (declaration === undefined) throw new Error(`nothing of the sources is called ${name}`);
    if (ts.isTypeParameterDeclaration(declaration)) {
      if (declaration.constraint === undefined) throw new Error(`${name} may be anything`);
      return this.type(declaration.constraint, place);
    }
    if (ts.isClassDeclaration(declaration) && name === "Asset") return assetType;
    const description = worded(commentOf(declaration));
    if (ts.isTypeAliasDeclaration(declaration)) {
      const texts = this.sources.literals(declaration.type);
      if (texts !== undefined) return this.#enum(name, description, texts);
      if (ts.isUnionTypeNode(declaration.type)) return this.#union(declaration.type, { owner: name }, description);
    }
    return this.declared(declaration);
  }

  #union(node: ts.UnionTypeNode, place: Place, description = ""): TypeSpec {
    const parts = node.types.filter((part) => !isNothing(part));
    const texts = parts.filter((part) => ts.isLiteralTypeNode(part) && ts.isStringLiteral(part.literal));
    const others = parts.filter((part) => !texts.includes(part)).map((part) => this.type(part, place));
    const values = texts.map((part) => (this.sources.literals(part) ?? [])[0] ?? "");
    const name = titled([place.owner, place.member].join("_"));
    const all = [...(values.length > 0 ? [this.#enum(name, description, values)] : []), ...others];
    const [only] = all;
    return all.length === 1 && only !== undefined ? only : { oneOf: all };
  }

  #enum(name: string, description: string, values: readonly string[]): TypeSpec {
    const named = values.map((value) => ({ value, ...(value !== value.toLowerCase() && { name: spoken(value) }) }));
    this.#keep(name, { type: "string", ...(description !== "" && { description }), enum: named });
    return referenceTo(name);
  }

  #object(name: string, description: string, members: readonly Member[]): TypeSpec {
    // It may hold itself.
    if (!this.#begun.has(name)) {
      this.#begun.add(name);
      this.#keep(name, { type: "object", ...(description !== "" && { description }), ...this.object(members, name) });
      this.#begun.delete(name);
    }
    return referenceTo(name);
  }

  #keep(name: string, spec: NamedSpec): void {
    demandOne(name, this.named.get(name), spec);
    this.named.set(name, spec);
  }
}

/** All of several, by name. @throws Error where two of them are called the same */
export function together(...all: readonly ReadonlyMap<string, NamedSpec>[]): Map<string, NamedSpec> {
  const found = new Map<string, NamedSpec>();
  for (const [name, spec] of all.flatMap((each) => [...each])) {
    demandOne(name, found.get(name), spec);
    found.set(name, spec);
  }
  return found;
}

function demandOne(name: string, known: NamedSpec | undefined, spec: NamedSpec): void {
  if (known === undefined || JSON.stringify(known) === JSON.stringify(spec)) return;
  throw new Error(`two types would be called ${name}`);
}

/** The name that a type has in a schema: SDKs put `Args` behind the names of inputs. */
function nameOf(node: { readonly name?: ts.Identifier | undefined }): string {
  return (node.name?.text ?? "").replace(/Inputs$/, "");
}

/** `Auth_origin` is `AuthOrigin`. */
function titled(name: string): string {
  return name.replace(/(?:^|_)([a-z]?)/g, (_, first: string) => first.toUpperCase());
}

/** `APP+AppCode` is `AppAppCode`: SDKs make words of capitals, and would take each of several for one. */
function spoken(value: string): string {
  const words = value.split(/[\W_]+/).map((word) => (word === word.toUpperCase() ? word.toLowerCase() : word));
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

function literal({ literal: value }: ts.LiteralTypeNode): TypeSpec & { readonly const?: string } {
  if (ts.isStringLiteral(value)) return { type: "string", const: value.text };
  if (value.kind === ts.SyntaxKind.FalseKeyword) return { type: "boolean" };
  throw new Error(`a schema has no type ${value.getText()}`);
}

function isNothing(node: ts.TypeNode): boolean {
  const isNull = ts.isLiteralTypeNode(node) && node.literal.kind === ts.SyntaxKind.NullKeyword;
  return isNull || node.kind === ts.SyntaxKind.UndefinedKeyword;
}

function isNullable(node: ts.TypeNode): boolean {
  return ts.isUnionTypeNode(node) && node.types.some(isNothing);
}
