/**
 * The package as tests write programs with it: its own classes, or with `HOST=plugin` classes of the same names and inputs
 * whose resources the plugin serves, as a generated SDK has them.
 */
import * as pulumi from "@pulumi/pulumi";
import * as dynamic from "pulumi-apig";
import { outputsOf, servedByPlugin } from "./plugin";

// What follows here goes before it.
export * from "pulumi-apig";

type Opts = pulumi.CustomResourceOptions;

function classOf(type: string) {
  return class extends pulumi.CustomResource {
    constructor(name: string, args: object, opts?: Opts) {
      const outputs = Object.fromEntries(outputsOf(type).map((key) => [key, undefined]));
      super(`apig:index:${type}`, name, { ...outputs, ...args }, opts);
    }

    static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: Opts) {
      return new this(name, {}, { ...opts, id });
    }
  };
}

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

export const App = either(dynamic.App, () => classOf("App"));
export const AppCode = either(dynamic.AppCode, () => classOf("AppCode"));
export const ApiImport = either(dynamic.ApiImport, () => classOf("ApiImport"));
export const Environment = either(dynamic.Environment, () => classOf("Environment"));
export const ApiPublication = either(dynamic.ApiPublication, () => classOf("ApiPublication"));
export const AppAuthorization = either(dynamic.AppAuthorization, () => classOf("AppAuthorization"));
export const BkciCredential = either(dynamic.BkciCredential, () => classOf("BkciCredential"));
export const SecretTagQuery = either(dynamic.SecretTagQuery, () => classOf("SecretTagQuery"));
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
