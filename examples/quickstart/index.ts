import * as pulumi from "@pulumi/pulumi";
import * as apig from "pulumi-apig";

// Every operation of the file becomes an API in a new group with the file's title as its name. The file is as the developers
// of the shop wrote it; the program adds what the gateway needs. `pulumi preview --diff` shows one line for each operation
// that is added, changed or removed.
const shop = new apig.ApiImport("shop", {
  definition: new pulumi.asset.FileAsset("openapi.yaml"),
  defaults: { backend: { url: "https://shop.example.com" }, auth: "APP+AppCode" },
  overrides: {
    // A fixed answer, because the example has no real shop.
    "GET /products": { backend: { mock: '[{"id":"p-1","name":"Apple","price":120}]' } },
    "GET /health": { backend: { mock: "fine" }, auth: "NONE" },
  },
});

// APIs can be called where they are published. They are published again whenever an operation changes.
const testing = new apig.Environment("test", { name: "test" });
const publication = new apig.ApiPublication("shop", {
  envId: testing.envId,
  groupId: shop.groupId,
  triggers: shop.operations,
});

// Callers of these APIs are apps, and an AppCode is the password of an app. None is given here, so a random one is made. It
// is secret in the state and in every output.
const webApp = new apig.App("web", { name: "shop_web" });
const webCode = new apig.AppCode("web", { appId: webApp.appId });
new apig.AppAuthorization("web", {
  envId: testing.envId,
  appIds: [webApp.appId],
  apiIds: publication.publishedApiIds,
  // /health is open to everybody, so apps cannot be authorized for it.
  skipOpen: true,
});

// Finds the secrets that the shop's back ends need: their names, never their values.
const secrets = new apig.SecretTagQuery("shop-dev", {
  action: "filter",
  tags: [
    { key: "app", values: ["shop"] },
    { key: "env", values: ["dev"] },
  ],
});

export const groupId = shop.groupId;
export const operations = shop.operations;
export const environment = testing.name;
export const appCode = webCode.appCode;
export const secretNames = secrets.resources.apply((found) => found.map(({ name }) => name));
