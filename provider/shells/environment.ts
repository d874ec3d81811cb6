import type { Handlers } from "../handlers";

/**
 * What the engine keeps in state for every Environment. It only loads the installed package by name, so that a
 * refresh or destroy years later runs that package's code. Its text is a promise: a change updates every state there is.
 */
const shell: Handlers["Environment"] = {
  configure: (request) => (require("pulumi-apig/handlers") as Handlers).Environment.configure(request),
  check: (olds, news) => (require("pulumi-apig/handlers") as Handlers).Environment.check(olds, news),
  diff: (id, olds, news) => (require("pulumi-apig/handlers") as Handlers).Environment.diff(id, olds, news),
  create: (inputs) => (require("pulumi-apig/handlers") as Handlers).Environment.create(inputs),
  read: (id, props) => (require("pulumi-apig/handlers") as Handlers).Environment.read(id, props),
  update: (id, olds, news) => (require("pulumi-apig/handlers") as Handlers).Environment.update(id, olds, news),
  delete: (id, props) => (require("pulumi-apig/handlers") as Handlers).Environment.delete(id, props),
};

export = shell;
