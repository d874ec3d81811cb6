import type { Handlers } from "../handlers";

/**
 * What the engine keeps in state for every AppCode. It only loads the installed package by name, so that a refresh or
 * destroy years later runs that package's code. Its text is a promise: a change updates every state there is.
 */
const shell: Handlers["AppCode"] = {
  configure: (request) => (require("pulumi-apig/handlers") as Handlers).AppCode.configure(request),
  check: (olds, news) => (require("pulumi-apig/handlers") as Handlers).AppCode.check(olds, news),
  diff: (id, olds, news) => (require("pulumi-apig/handlers") as Handlers).AppCode.diff(id, olds, news),
  create: (inputs) => (require("pulumi-apig/handlers") as Handlers).AppCode.create(inputs),
  read: (id, props) => (require("pulumi-apig/handlers") as Handlers).AppCode.read(id, props),
  update: (id, olds, news) => (require("pulumi-apig/handlers") as Handlers).AppCode.update(id, olds, news),
  delete: (id, props) => (require("pulumi-apig/handlers") as Handlers).AppCode.delete(id, props),
};

export = shell;
