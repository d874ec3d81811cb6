import type { dynamic } from "@pulumi/pulumi";

const provider: dynamic.ResourceProvider<object> = {
  create: (inputs) => Promise.resolve({ id: "nothing", outs: inputs }),
};

export = provider;
