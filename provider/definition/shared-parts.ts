import { createHash } from "node:crypto";
import { objectMember, type Json, type JsonObject } from "./json";
import { pointer } from "./problem";
import { lookUp, mapReferences, segmentsOf } from "./references";

/** Sections whose entries travel only when something refers to them. Others, security schemes above all, travel whole. */
const SECTIONS = {
  "2.0": ["definitions", "parameters", "responses"],
  "3.0": ["callbacks", "examples", "headers", "links", "parameters", "requestBodies", "responses", "schemas"],
} as const;

/**
 * Collects the shared parts that a selection of operations needs.
 *
 * A reference to anything else, mostly into `paths`, gets a shared part of its own: its target need not be selected, and
 * a definition must not carry an operation only because another one quotes from it.
 */
export class SharedParts {
  readonly #prefix: readonly string[];
  readonly #sections: ReadonlyMap<string, Map<string, Json>>;
  readonly #waiting: { readonly section: string; readonly name: string; readonly node: Json }[] = [];

  constructor(private readonly document: JsonObject) {
    const version = Object.hasOwn(document, "swagger") ? "2.0" : "3.0";
    this.#prefix = version === "2.0" ? [] : ["components"];
    this.#sections = new Map(SECTIONS[version].map((section) => [section, new Map<string, Json>()]));
  }

  /** A copy of a node, found at a path, whose references lead to shared parts; these and what they need come along. */
  carry(node: Json, path: readonly (string | number)[]): Json {
    const copy = this.#follow(node, path);
    for (let next = this.#waiting.pop(); next; next = this.#waiting.pop()) {
      const { section, name, node } = next;
      this.#sections.get(section)?.set(name, this.#follow(node, [...this.#prefix, section, name]));
    }
    return copy;
  }

  /** The document without its paths, with no other shared parts than those collected. */
  root(): JsonObject {
    const collected = Object.fromEntries(
      [...this.#sections].flatMap(([section, parts]) => (parts.size > 0 ? [[section, Object.fromEntries(parts)]] : [])),
    );
    const without = (node: JsonObject, names: readonly string[]): [string, Json][] =>
      Object.entries(node).filter(([key]) => !names.includes(key));
    const sections = [...this.#sections.keys()];
    if (this.#prefix.length === 0)
      return { ...Object.fromEntries(without(this.document, ["paths", ...sections])), ...collected };
    const components = {
      ...Object.fromEntries(without(objectMember(this.document, "components") ?? {}, sections)),
      ...collected,
    };
    return { ...Object.fromEntries(without(this.document, ["paths"])), components };
  }

  #follow(node: Json, path: readonly (string | number)[]): Json {
    return mapReferences(node, path, (ref, place) => {
      const segments = segmentsOf(ref);
      const [section = "", name] = segments.slice(this.#prefix.length);
      const isShared =
        this.#prefix.every((segment, index) => segments[index] === segment) && this.#sections.has(section);
      return isShared && name !== undefined ? this.#keep(section, name, ref) : this.#adopt(ref, place);
    });
  }

  #keep(section: string, name: string, ref: string): string {
    this.#add(section, name, objectMember(lookUp(this.document, pointerTo(this.#prefix, section)), name));
    return ref;
  }

  #adopt(ref: string, place: readonly (string | number)[]): string {
    const section = this.#sectionFor(place);
    const name = `quoted-${createHash("sha256").update(ref).digest("hex").slice(0, 16)}`;
    this.#add(section, name, lookUp(this.document, ref));
    return pointerTo(this.#prefix, section, name);
  }

  #add(section: string, name: string, node: Json | undefined): void {
    const parts = this.#sections.get(section);
    if (!parts || parts.has(name) || node === undefined) return;
    parts.set(name, node);
    this.#waiting.push({ section, name, node });
  }

  /** What kind of part a reference stands for follows from where it stands. */
  #sectionFor(place: readonly (string | number)[]): string {
    if (place.at(-1) === "requestBody") return "requestBodies";
    const parent = String(place.at(-2));
    if (this.#sections.has(parent)) return parent;
    return this.#sections.has("schemas") ? "schemas" : "definitions";
  }
}

function pointerTo(prefix: readonly string[], ...segments: readonly string[]): string {
  return `#${pointer(...prefix, ...segments)}`;
}
