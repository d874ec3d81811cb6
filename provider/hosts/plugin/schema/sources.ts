/** The sources as a syntax tree: what is declared where, its members and its comments. */
import { existsSync } from "node:fs";
import { resolve, sep } from "node:path";
import { dirname, join } from "node:path/posix";
import ts from "typescript";

/** The folder of the provider's sources. The compiler has slashes in its paths on every system. */
const folder = resolve(__dirname, "../../..").replaceAll(sep, "/");

export type Declaration =
  ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.ClassDeclaration | ts.FunctionDeclaration;

/** A member with a type: of an interface or a literal type, or a public property of a class. */
export interface Member {
  readonly name: string;
  readonly node: ts.PropertySignature | ts.PropertyDeclaration | ts.GetAccessorDeclaration;
  readonly type: ts.TypeNode;
  readonly optional: boolean;
}

export class Sources {
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;

  /** @param files below `provider/`; what they import comes along */
  constructor(files: readonly string[]) {
    const options: ts.CompilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      target: ts.ScriptTarget.ES2022,
      types: [],
    };
    const host = ts.createCompilerHost(options);
    // Own sources only: the types of dependencies say nothing that stands in a schema, and take seconds to read.
    host.resolveModuleNameLiterals = (names, from) =>
      names.map(({ text }) => ({
        resolvedModule: text.startsWith(".")
          ? { resolvedFileName: fileOf(join(dirname(from), text)), extension: ts.Extension.Ts }
          : undefined,
      }));
    const names = files.map((file) => join(folder, file));
    this.#program = ts.createProgram(names, options, host);
    this.#checker = this.#program.getTypeChecker();
  }

  /** What a file declares under a name. */
  find(file: string, name: string): Declaration {
    const found = this.#program
      .getSourceFile(join(folder, file))
      ?.statements.find((each) => isDeclaration(each) && each.name?.text === name);
    if (found === undefined) throw new Error(`provider/${file} declares no ${name}`);
    return found as Declaration;
  }

  /** What a name in a type stands for; undefined for what is declared elsewhere than in the sources. */
  resolve(reference: ts.TypeReferenceNode): Declaration | ts.TypeParameterDeclaration | undefined {
    let symbol = this.#checker.getSymbolAtLocation(reference.typeName);
    if (symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias) symbol = this.#checker.getAliasedSymbol(symbol);
    const declaration = symbol?.declarations?.find(
      (each) => isDeclaration(each) || ts.isTypeParameterDeclaration(each),
    );
    const isOwn = declaration?.getSourceFile().fileName.startsWith(folder) === true;
    return isOwn ? declaration : undefined;
  }

  /** The texts that a type is made of, in any order; undefined for a type that is not made of texts alone. */
  literals(node: ts.TypeNode): string[] | undefined {
    const type = this.#checker.getTypeFromTypeNode(node);
    const whole = this.#checker.getBaseConstraintOfType(type) ?? type;
    const parts = whole.isUnion() ? whole.types : [whole];
    return parts.every((part) => part.isStringLiteral()) ? parts.map(({ value }) => value) : undefined;
  }

  /** The members of an interface (inherited ones first), of a literal type, or of what is made of these. */
  members(of: Declaration | ts.TypeNode): Member[] {
    if (ts.isInterfaceDeclaration(of)) {
      const inherited = (of.heritageClauses ?? []).flatMap(({ types }) =>
        types.flatMap((each) => this.#inherited(each)),
      );
      return [...inherited, ...of.members.flatMap(memberOf)];
    }
    if (ts.isClassDeclaration(of)) return of.members.flatMap(memberOf);
    if (ts.isTypeAliasDeclaration(of)) return this.members(of.type);
    if (ts.isTypeLiteralNode(of)) return of.members.flatMap(memberOf);
    if (ts.isIntersectionTypeNode(of)) return of.types.flatMap((type) => this.members(type));
    if (ts.isTypeReferenceNode(of)) return this.#referred(of);
    throw new Error(`no members are known of the type ${of.getText()}`);
  }

  #referred(node: ts.TypeReferenceNode): Member[] {
    const [whole, names] = node.typeArguments ?? [];
    if (node.typeName.getText() === "Pick" && whole !== undefined && names !== undefined) {
      const picked = this.literals(names) ?? [];
      // Which of them there are depends on a type parameter, which no schema has: each may be absent.
      return this.members(whole)
        .filter(({ name }) => picked.includes(name))
        .map((member) => ({ ...member, optional: true }));
    }
    const declaration = this.resolve(node);
    if (declaration === undefined || ts.isTypeParameterDeclaration(declaration)) {
      throw new Error(`no members are known of the type ${node.getText()}`);
    }
    return this.members(declaration);
  }

  #inherited(node: ts.ExpressionWithTypeArguments): Member[] {
    let symbol = this.#checker.getSymbolAtLocation(node.expression);
    if (symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias) symbol = this.#checker.getAliasedSymbol(symbol);
    const declaration = symbol?.declarations?.find(ts.isInterfaceDeclaration);
    if (declaration === undefined) throw new Error(`${node.getText()} is no interface of the sources`);
    return this.members(declaration);
  }
}

/** The comment of a declaration or a member as it stands there, without tags such as `@throws`. */
export function commentOf(node: ts.Node): string {
  const comment = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc)?.comment;
  return ts.getTextOfJSDocComment(comment) ?? "";
}

/** What a comment says of a parameter. */
export function commentOfParameter(node: ts.FunctionDeclaration, name: string): string {
  const parameter = node.parameters.find((each) => each.name.getText() === name);
  const [tag] = parameter === undefined ? [] : ts.getJSDocParameterTags(parameter);
  if (tag === undefined) throw new Error(`${node.name?.text ?? "a function"} has no comment on ${name}`);
  return ts.getTextOfJSDocComment(tag.comment) ?? "";
}

function fileOf(path: string): string {
  return [`${path}.ts`, join(path, "index.ts")].find((file) => existsSync(file)) ?? path;
}

function isDeclaration(node: ts.Node): node is Declaration {
  return (
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isFunctionDeclaration(node)
  );
}

function memberOf(node: ts.TypeElement | ts.ClassElement): Member[] {
  if (!ts.isPropertySignature(node) && !ts.isPropertyDeclaration(node) && !ts.isGetAccessorDeclaration(node)) return [];
  const hidden = ts.getCombinedModifierFlags(node) & (ts.ModifierFlags.Private | ts.ModifierFlags.Static);
  if (hidden !== 0 || node.type === undefined) return [];
  return [{ name: node.name.getText(), node, type: node.type, optional: node.questionToken !== undefined }];
}
