import type { Handlers } from "../handlers";

/**
 * What the engine keeps in state for every ApiImport. It only loads the installed package by name, so that a refresh or
 * destroy years later runs that package's code. Its text is a promise: a change updates every state there is.
 */
const shell: Handlers["ApiImport"] = {
  configure: (request) => (require("pulumi-apig/handlers") as Handlers).ApiImport.configure(request),
  check: (olds, news) => (require("pulumi-apig/handlers") as Handlers).ApiImport.check(olds, news),
  diff: (id, olds, news) => (require("pulumi-apig/handlers") as Handlers).ApiImport.diff(id, olds, news),
  create: (inputs) => (require("pulumi-apig/handlers") as Handlers).ApiImport.create(inputs),
  read: (id, props) => (require("pulumi-apig/handlers") as Handlers).ApiImport.read(id, props),
  update: (id, olds, news) => (require("pulumi-apig/handlers") as Handlers).ApiImport.update(id, olds, news),
  delete: (id, props) => (require("pulumi-apig/handlers") as Handlers).ApiImport.delete(id, props),
};

export = shell;
