import * as pulumi from "@pulumi/pulumi";
import bare = require("./bare");
import sameShape = require("./same-shape");

interface Args {
  readonly appId: string;
}

/** A dynamic resource that does nothing and keeps only its inputs. */
export class Bare extends pulumi.dynamic.Resource {
  constructor(name: string, args: Args) {
    super(bare, name, { ...args });
  }
}

/** A dynamic resource that does nothing and keeps what an AppCode keeps: an id of three parts, its place, a secret and a time. */
export class SameShape extends pulumi.dynamic.Resource {
  constructor(name: string, args: Args) {
    super(
      sameShape,
      name,
      { appCode: undefined, createTime: undefined, ...args },
      { additionalSecretOutputs: ["appCode"] },
    );
  }
}
