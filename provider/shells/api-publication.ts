import type { Handlers } from "../handlers";

/**
 * What the engine keeps in state for every ApiPublication. It only loads the installed package by name, so that a
 * refresh or destroy years later runs that package's code. Its text is a promise: a change updates every state there is.
 */
const shell: Handlers["ApiPublication"] = {
  configure: (request) => (require("pulumi-apig/handlers") as Handlers).ApiPublication.configure(request),
  check: (olds, news) => (require("pulumi-apig/handlers") as Handlers).ApiPublication.check(olds, news),
  diff: (id, olds, news) => (require("pulumi-apig/handlers") as Handlers).ApiPublication.diff(id, olds, news),
  create: (inputs) => (require("pulumi-apig/handlers") as Handlers).ApiPublication.create(inputs),
  read: (id, props) => (require("pulumi-apig/handlers") as Handlers).ApiPublication.read(id, props),
  update: (id, olds, news) => (require("pulumi-apig/handlers") as Handlers).ApiPublication.update(id, olds, news),
  delete: (id, props) => (require("pulumi-apig/handlers") as Handlers).ApiPublication.delete(id, props),
};

export = shell;
