import * as pulumi from "@pulumi/pulumi";
import * as apig from "pulumi-apig";

// Every operation of the file becomes an API in a new group named after the file's title. The file is as the developers of
// the shop wrote it; what the gateway needs to know beside it stands here. `pulumi preview --diff` shows one line for each
// operation that is added, changed or removed.
const shop = new apig.ApiImport("shop", {
  definition: new pulumi.asset.FileAsset("openapi.yaml"),
  defaults: { backend: { url: "https://shop.example.com" }, auth: "APP+AppCode" },
  overrides: {
    // The example has to answer without a shop behind it.
    "GET /products": { backend: { mock: '[{"id":"p-1","name":"Apple","price":120}]' } },
    "GET /health": { backend: { mock: "fine" }, auth: "NONE" },
  },
});

// It is callable where it is published, and published again whenever an operation changes.
const testing = new apig.Environment("test", { name: "test" });
const publication = new apig.ApiPublication("shop", {
  envId: testing.envId,
  groupId: shop.groupId,
  triggers: shop.operations,
});

// Callers of these APIs are apps, and an AppCode is the password of one. Absent here, so a random one is made: it is
// secret in the state and in every output.
const webApp = new apig.App("web", { name: "shop_web" });
const webCode = new apig.AppCode("web", { appId: webApp.appId });
new apig.AppAuthorization("web", {
  envId: testing.envId,
  appIds: [webApp.appId],
  apiIds: publication.published.apply((apis) => apis.map(({ apiId }) => apiId)),
  // Anybody may ask for /health, so there is nothing to authorize.
  skipOpen: true,
});

// Which secrets the shop's back ends need: their names, never their values.
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
