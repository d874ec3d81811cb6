import * as pulumi from "@pulumi/pulumi";
import { FileAsset } from "@pulumi/pulumi/asset";
import { ApiImport, App, AppCode, SecretTagQuery, type SecretTagQueryArgs } from "pulumi-apig";
// This is a link to an installed package, so that the engine stores its code in the same way as ours.
import { Bare, SameShape } from "./do-nothing";

/** What the stack contains. */
export interface Program {
  /** `perApp` resources for each app: ours, or resources that do nothing. */
  readonly codes?: { readonly of: keyof typeof classes; readonly apps: readonly string[]; readonly perApp: number };
  /** Apps with codes of their own. */
  readonly tenants?: { readonly count: number; readonly perApp: number };
  readonly queries?: readonly SecretTagQueryArgs[];
  /** File of a definition to import. */
  readonly definition?: string;
}

/** An AppCode that the plugin serves, as a generated SDK has it. */
class PluginCode extends pulumi.CustomResource {
  constructor(name: string, args: { readonly appId: string }) {
    const outputs = { appCodeId: undefined, appCode: undefined, createTime: undefined, instanceId: undefined };
    super("apig:index:AppCode", name, { ...outputs, ...args }, { additionalSecretOutputs: ["appCode"] });
  }
}

const classes = { AppCode, PluginCode, SameShape, Bare };

/** This variable holds the program as JSON. */
const { codes, tenants, queries = [], definition } = JSON.parse(process.env["BENCH_PROGRAM"] ?? "{}") as Program;

for (const appId of codes?.apps ?? []) {
  for (let n = 1; n <= (codes?.perApp ?? 0); n += 1) new classes[codes?.of ?? "Bare"](`${appId}-${n}`, { appId });
}
for (let index = 1; index <= (tenants?.count ?? 0); index += 1) {
  const { appId } = new App(`tenant-${index}`, { name: `tenant-${index}` });
  for (let n = 1; n <= (tenants?.perApp ?? 0); n += 1) new AppCode(`tenant-${index}-${n}`, { appId });
}
for (const [index, query] of queries.entries()) new SecretTagQuery(`query-${index}`, query);
if (definition !== undefined) new ApiImport("api", { definition: new FileAsset(definition) });
