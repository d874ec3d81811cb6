import type { Handlers } from "../handlers";

/**
 * What the engine keeps in state for every App. It only loads the installed package by name, so that a refresh or
 * destroy years later runs that package's code. Its text is a promise: a change updates every state there is.
 */
const shell: Handlers["App"] = {
  configure: (request) => (require("pulumi-apig/handlers") as Handlers).App.configure(request),
  check: (olds, news) => (require("pulumi-apig/handlers") as Handlers).App.check(olds, news),
  diff: (id, olds, news) => (require("pulumi-apig/handlers") as Handlers).App.diff(id, olds, news),
  create: (inputs) => (require("pulumi-apig/handlers") as Handlers).App.create(inputs),
  read: (id, props) => (require("pulumi-apig/handlers") as Handlers).App.read(id, props),
  update: (id, olds, news) => (require("pulumi-apig/handlers") as Handlers).App.update(id, olds, news),
  delete: (id, props) => (require("pulumi-apig/handlers") as Handlers).App.delete(id, props),
};

export = shell;
