/**
 * What the engine keeps in state for every resource of a type: a provider that only loads the installed package by name, so
 * that a refresh or destroy years later runs that package's code. `write-shells.mjs` makes a module of each at build.
 */
import type { Handler } from "./handler";

/** The module of each type below `dist/shells`. Both names stand in users' states and stay for ever. */
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

/** Loaded by the name of this package: the SDK writes the module of a value into states by its path. */
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

/** The source of a shell's module. The text of its functions is a promise: a change updates every state there is. */
export function sourceOf(type: TypeName): string {
  const functions = Object.entries(calls).map(([call, names]) => {
    const given = names.join(", ");
    return `    ${call}: (${given}) => require("pulumi-apig/handlers").${type}.${call}(${given}),\n`;
  });
  return `"use strict";\nconst shell = {\n${functions.join("")}};\nmodule.exports = shell;\n`;
}
