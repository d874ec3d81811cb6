import type { Handlers } from "../handlers";

/**
 * What the engine keeps in state for every AppAuthorization. It only loads the installed package by name, so that a
 * refresh or destroy years later runs that package's code. Its text is a promise: a change updates every state there is.
 */
const shell: Handlers["AppAuthorization"] = {
  configure: (request) => (require("pulumi-apig/handlers") as Handlers).AppAuthorization.configure(request),
  check: (olds, news) => (require("pulumi-apig/handlers") as Handlers).AppAuthorization.check(olds, news),
  diff: (id, olds, news) => (require("pulumi-apig/handlers") as Handlers).AppAuthorization.diff(id, olds, news),
  create: (inputs) => (require("pulumi-apig/handlers") as Handlers).AppAuthorization.create(inputs),
  read: (id, props) => (require("pulumi-apig/handlers") as Handlers).AppAuthorization.read(id, props),
  update: (id, olds, news) => (require("pulumi-apig/handlers") as Handlers).AppAuthorization.update(id, olds, news),
  delete: (id, props) => (require("pulumi-apig/handlers") as Handlers).AppAuthorization.delete(id, props),
};

export = shell;
