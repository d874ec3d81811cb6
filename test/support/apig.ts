/** The package as tests write programs with it: its own classes, or with `HOST=plugin` those whose resources the plugin serves. */
import * as pulumi from "@pulumi/pulumi";
import * as dynamic from "pulumi-apig";
import { dynamicClasses, pluginClasses } from "./classes";
import { servedByPlugin } from "./plugin";

// What follows here goes before it.
export * from "pulumi-apig";

/** The settings of a section travel as JSON. */
class PluginProvider extends pulumi.ProviderResource {
  constructor(name: string, args: Record<string, object>, opts?: pulumi.ResourceOptions) {
    const texts = Object.entries(args).map(([section, members]) => [section, pulumi.jsonStringify(members)] as const);
    super("apig", name, Object.fromEntries(texts.map(([section, text]) => [section, pulumi.secret(text)])), opts);
  }
}

function invoked(name: string, args: object, options?: pulumi.InvokeOptions): pulumi.Output<unknown> {
  return pulumi.runtime.invokeOutput(`apig:index:${name}`, { ...args }, options ?? {});
}

function either<Value>(ofPackage: Value, ofPlugin: () => unknown): Value {
  return servedByPlugin ? (ofPlugin() as Value) : ofPackage;
}

const classes = servedByPlugin ? pluginClasses : dynamicClasses;
export const App = classes.App;
export const AppCode = classes.AppCode;
export const ApiImport = classes.ApiImport;
export const Environment = classes.Environment;
export const ApiPublication = classes.ApiPublication;
export const AppAuthorization = classes.AppAuthorization;
export const BkciCredential = classes.BkciCredential;
export const SecretTagQuery = classes.SecretTagQuery;
export const Provider = either(dynamic.Provider, () => PluginProvider);
export const getTaggedSecrets = either(
  dynamic.getTaggedSecrets,
  () => (args: object, options?: pulumi.InvokeOptions) => invoked("getTaggedSecrets", args, options),
);

export type App = dynamic.App;
export type AppCode = dynamic.AppCode;
export type ApiImport = dynamic.ApiImport;
export type Environment = dynamic.Environment;
export type ApiPublication = dynamic.ApiPublication;
export type AppAuthorization = dynamic.AppAuthorization;
export type BkciCredential = dynamic.BkciCredential;
export type SecretTagQuery = dynamic.SecretTagQuery;
export type Provider = dynamic.Provider;
