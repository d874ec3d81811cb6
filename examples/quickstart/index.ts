import * as pulumi from "@pulumi/pulumi";
import * as apig from "pulumi-apig";

// Every operation of the file becomes an API in a new group named after the file's title. `pulumi preview --diff` shows
// one line for each operation that is added, changed or removed.
const shop = new apig.ApiImport("shop", { definition: new pulumi.asset.FileAsset("openapi.yaml") });

// Callers of these APIs are apps, and an AppCode is the password of one. Absent here, so a random one is made: it is
// secret in the state and in every output.
const webApp = new apig.App("web", { name: "shop_web" });
const webCode = new apig.AppCode("web", { appId: webApp.appId });

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
export const appCode = webCode.appCode;
export const secretNames = secrets.resources.apply((found) => found.map(({ name }) => name));
