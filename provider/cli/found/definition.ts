/**
 * The definition of a group, by its export: what a program can say of it, and what it cannot.
 *
 * An operation is in the file only if the import would make of it what is there. So the first update finds nothing to do.
 */
import { stringify } from "yaml";
import { exportGroup } from "../../clients/apig/exports";
import type { ListedApi } from "../../clients/apig/apis";
import type { Group } from "../../clients/apig/groups";
import type { Instance } from "../../clients/apig/instance";
import {
  clipped,
  DefinitionError,
  insideDifferences,
  openText,
  printable,
  readDefinition,
  readExport,
  type DefinitionProblem,
  type Inside,
  type Operation,
} from "../../definition";
import { keyOf, placeFor, placeOf, visibleDifferences } from "../../resources/api-import/view";
import type { Definition } from "./found";
import { firstOf } from "../../resources/shared/first-of";
import { tidied, type Tidied } from "./tidy";

/** The protocol that an import gives to the APIs of an OpenAPI 3 document. */
const usualProtocol = "HTTPS";

/** Those that Swagger 2.0 can say. */
const otherProtocols = ["HTTP", "BOTH"];

/** Longer YAML is not read: `definition/source.ts`. */
const longestYaml = 2 * 1024 * 1024;

export async function definitionOf(
  instance: Instance,
  group: Group,
  listed: readonly ListedApi[],
): Promise<Definition> {
  if (listed.length === 0) return { text: undefined, apiIds: new Set(), notes: ["it has no APIs"] };
  const exported = await exportGroup(instance, group.id);
  // Only Swagger 2.0 can say another protocol.
  const isSwagger = listed.some((api) => otherProtocols.includes(api.req_protocol));
  const source = !isSwagger ? exported : await exportGroup(instance, group.id, "2.0");
  const remark = group.remark ?? "";
  // What is not kept as it is would be written by the first update.
  const description = clipped(remark) === remark ? remark : "";
  return new Writing(tidied(source, { title: group.name, description }), listed, readExport(exported)).write();
}

class Writing {
  /** Why an API is not in the file, by its id. */
  readonly #reasons = new Map<string, string>();
  /** Operations whose body has a remark that the file does not say. */
  readonly #bodies = new Set<string>();
  /** Why operations were taken out, by where they stood. */
  readonly #problems = new Map<string, string>();

  constructor(
    private readonly document: Tidied,
    private readonly listed: readonly ListedApi[],
    private readonly inside: Inside,
  ) {}

  /** Takes out what the file cannot say until it reads as what is there. */
  async write(): Promise<Definition> {
    for (;;) {
      const text = this.#text();
      const said = await this.#saidIn(text);
      if (said === undefined) continue;
      const keys = new Set(said.map(keyOf));
      const others = this.#operations().filter(({ key }) => !keys.has(key));
      for (const { path, method } of others) this.#take(path, method);
      if (said.length > 0 && others.length > 0) continue;
      const apiIds = new Set(said.map(({ id }) => id));
      return { text: said.length === 0 ? undefined : text, apiIds, notes: this.#notes(said) };
    }
  }

  #text(): string {
    const yaml = stringify(this.document, { lineWidth: 0, aliasDuplicateObjects: false });
    return yaml.length < longestYaml ? yaml : `${JSON.stringify(this.document, undefined, 2)}\n`;
  }

  /** The APIs that the file says as they are; undefined if something had to be taken out of it to be read. */
  async #saidIn(text: string): Promise<ListedApi[] | undefined> {
    try {
      const { operations, dropped } = await readDefinition(openText(text), {});
      const byPlace = new Map(operations.map((operation) => [placeFor(operation), operation]));
      return this.listed.filter((api) => {
        const reason = this.#reasonOf(api, byPlace.get(placeOf(api)), dropped);
        if (reason !== undefined) this.#setReason(api.id, reason);
        return reason === undefined;
      });
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error;
      if (error.problems.map((problem) => this.#takeOut(problem)).includes(true)) return undefined;
      const [{ message } = error] = error.problems;
      for (const { id } of this.listed) this.#setReason(id, firstLine(message));
      return [];
    }
  }

  /** The first reason is the cause of the others. */
  #setReason(id: string, reason: string): void {
    if (!this.#reasons.has(id)) this.#reasons.set(id, reason);
  }

  #reasonOf(
    api: ListedApi,
    operation: Operation | undefined,
    dropped: ReadonlyMap<string, readonly string[]>,
  ): string | undefined {
    if (operation === undefined) {
      return this.#problems.get(keyOf(api)) ?? "the export does not show it, or shows another one in its place";
    }
    if (api.req_protocol !== usualProtocol && operation.protocol === undefined) {
      return `no definition can say the protocol ${api.req_protocol}`;
    }
    const lost = dropped.get(operation.key);
    if (lost !== undefined) return `no definition can say its parameters ${lost.join(", ")}`;
    const exported = this.inside.get(operation.key);
    if (hasBody(exported) && !hasBody(operation)) this.#bodies.add(operation.key);
    const differences = [
      ...visibleDifferences(operation, api),
      ...(exported === undefined ? ["back end"] : insideDifferences(operation, exported)),
    ];
    return differences.length === 0 ? undefined : `an import of its export would change its ${differences.join(", ")}`;
  }

  #operations(): { key: string; path: string; method: string }[] {
    return Object.entries(this.document.paths).flatMap(([path, item]) =>
      Object.keys(item)
        .filter((method) => !isShared(method))
        .map((method) => ({ key: `${method === anyMethod ? "ANY" : method.toUpperCase()} ${path}`, path, method })),
    );
  }

  /** Takes out the operation, or the path, that a problem is about. Returns whether there was one. */
  #takeOut({ operation, pointer, message }: DefinitionProblem): boolean {
    const [root, path, method] = (operation?.pointer ?? pointer).split("/").slice(1).map(unescaped);
    if (root !== "paths" || path === undefined || !Object.hasOwn(this.document.paths, path)) return false;
    const methods = this.#operations().filter(
      (each) => each.path === path && [each.method, undefined].includes(method),
    );
    for (const each of methods) {
      this.#problems.set(each.key, firstLine(message));
      this.#take(path, each.method);
    }
    if (methods.length === 0) Reflect.deleteProperty(this.document.paths, path);
    return true;
  }

  #take(path: string, method: string): void {
    const item = this.document.paths[path];
    if (item === undefined) return;
    Reflect.deleteProperty(item, method);
    if (Object.keys(item).every(isShared)) Reflect.deleteProperty(this.document.paths, path);
  }

  /** What the file does not say of the group, a line each. */
  #notes(said: readonly ListedApi[]): string[] {
    const saidIds = new Set(said.map(({ id }) => id));
    const unsaid = this.listed.filter(({ id }) => !saidIds.has(id));
    const about = (name: string, isOf: (api: ListedApi) => boolean) => {
      const keys = said.filter(isOf).map(keyOf);
      return keys.length === 0
        ? []
        : [`${name}, which an import of a changed operation removes: ${firstOf(keys, ", ")}`];
    };
    return [
      ...unsaid.map((api) => `${keyOf(api)} (${api.name}): ${this.#reasons.get(api.id) ?? "not in the export"}`),
      ...about("Tags", ({ tags }) => (tags ?? []).length > 0),
      ...about("Responses of the gateway", ({ response_id: id }) => Boolean(id)),
      ...about("Remarks of bodies", (api) => this.#bodies.has(keyOf(api))),
    ].map(printable);
  }
}

const anyMethod = "x-apigateway-any-method";

/** Members of a path that are no operations. */
function isShared(member: string): boolean {
  return member === "parameters" || (member.startsWith("x-") && member !== anyMethod);
}

function hasBody(operation: Operation | undefined): boolean {
  return operation !== undefined && "requestBody" in operation.projection.operation;
}

function unescaped(segment: string): string {
  return segment.replaceAll("~1", "/").replaceAll("~0", "~");
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}
