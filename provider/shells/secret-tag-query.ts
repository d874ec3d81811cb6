import type { Handlers } from "../handlers";

/**
 * What the engine keeps in state for every SecretTagQuery. It only loads the installed package by name, so that a
 * refresh or destroy years later runs that package's code. Its text is a promise: a change updates every state there is.
 */
const shell: Handlers["SecretTagQuery"] = {
  configure: (request) => (require("pulumi-apig/handlers") as Handlers).SecretTagQuery.configure(request),
  check: (olds, news) => (require("pulumi-apig/handlers") as Handlers).SecretTagQuery.check(olds, news),
  diff: (id, olds, news) => (require("pulumi-apig/handlers") as Handlers).SecretTagQuery.diff(id, olds, news),
  create: (inputs) => (require("pulumi-apig/handlers") as Handlers).SecretTagQuery.create(inputs),
  read: (id, props) => (require("pulumi-apig/handlers") as Handlers).SecretTagQuery.read(id, props),
  update: (id, olds, news) => (require("pulumi-apig/handlers") as Handlers).SecretTagQuery.update(id, olds, news),
  delete: (id, props) => (require("pulumi-apig/handlers") as Handlers).SecretTagQuery.delete(id, props),
};

export = shell;
