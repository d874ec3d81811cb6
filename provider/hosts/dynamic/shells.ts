/**
 * A shell is the provider that the engine keeps in state for every resource of a type. It only loads the installed
 * package by name. So a refresh or destroy years later runs the code of the package installed then. `write-shells.mjs`
 * makes one module for each shell at build.
 */
import type { Handler } from "./handler";

/**
 * The module of each type below `dist/shells`. Types and modules are written in users' states, so their names never
 * change.
 */
export const shells = {
  ApiImport: "api-import",
  ApiPublication: "api-publication",
  App: "app",
  AppAuthorization: "app-authorization",
  AppCode: "app-code",
  BkciCredential: "bkci-credential",
  Environment: "environment",
  SecretTagQuery: "secret-tag-query",
} as const;

export type TypeName = keyof typeof shells;

/** Loads a shell by the name of this package, because the SDK writes a module's path into states. */
export function shellOf(type: TypeName): Handler {
  return require(`pulumi-apig/dist/shells/${shells[type]}.js`) as Handler;
}

const calls = {
  configure: ["request"],
  check: ["olds", "news"],
  diff: ["id", "olds", "news"],
  create: ["inputs"],
  read: ["id", "props"],
  update: ["id", "olds", "news"],
  delete: ["id", "props"],
} as const satisfies Record<keyof Handler, readonly string[]>;

/** The source of a shell's module. Never change the text of its functions: every state would get an update. */
export function sourceOf(type: TypeName): string {
  const functions = Object.entries(calls).map(([call, names]) => {
    const given = names.join(", ");
    return `    ${call}: (${given}) => require("pulumi-apig/handlers").${type}.${call}(${given}),\n`;
  });
  return `"use strict";\nconst shell = {\n${functions.join("")}};\nmodule.exports = shell;\n`;
}
