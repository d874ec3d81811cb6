import type { Handlers } from "../handlers";

/**
 * What the engine keeps in state for every BkciCredential. It only loads the installed package by name, so that a
 * refresh or destroy years later runs that package's code. Its text is a promise: a change updates every state there is.
 */
const shell: Handlers["BkciCredential"] = {
  configure: (request) => (require("pulumi-apig/handlers") as Handlers).BkciCredential.configure(request),
  check: (olds, news) => (require("pulumi-apig/handlers") as Handlers).BkciCredential.check(olds, news),
  diff: (id, olds, news) => (require("pulumi-apig/handlers") as Handlers).BkciCredential.diff(id, olds, news),
  create: (inputs) => (require("pulumi-apig/handlers") as Handlers).BkciCredential.create(inputs),
  read: (id, props) => (require("pulumi-apig/handlers") as Handlers).BkciCredential.read(id, props),
  update: (id, olds, news) => (require("pulumi-apig/handlers") as Handlers).BkciCredential.update(id, olds, news),
  delete: (id, props) => (require("pulumi-apig/handlers") as Handlers).BkciCredential.delete(id, props),
};

export = shell;
