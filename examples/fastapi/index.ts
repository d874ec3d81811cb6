import * as pulumi from "@pulumi/pulumi";
import * as apig from "pulumi-apig";

// Where the services run.
const { orders, files } = new pulumi.Config().requireObject<{ orders: string; files: string }>("backends");

// The files in `services/` are unchanged output of FastAPI: OpenAPI 3.1, with types and bodies that the gateway does not have.
const shop = new apig.ApiImport("shop", {
  definition: new pulumi.asset.FileAsset("openapi.yaml"),
  pathPrefix: "/shop",
  defaults: { backend: { url: orders }, auth: "APP+AppCode", cors: true },
  overrides: {
    // FastAPI writes {path:path}, which also matches longer paths, as {path}.
    "/files/{path}": { path: "/files/{path+}", backend: { url: files } },
    "GET /health": { backend: { url: files }, auth: "NONE" },
  },
});

const release = new apig.Environment("shop", { name: "shop_services" });
const publication = new apig.ApiPublication("shop", {
  envId: release.envId,
  groupId: shop.groupId,
  triggers: shop.operations,
});

const caller = new apig.App("caller", { name: "shop_services_caller" });
const code = new apig.AppCode("caller", { appId: caller.appId });
new apig.AppAuthorization("caller", {
  envId: release.envId,
  appIds: [caller.appId],
  apiIds: publication.publishedApiIds,
  skipOpen: true,
});

export const groupId = shop.groupId;
export const environment = release.name;
export const operations = shop.operations;
export const appCode = code.appCode;
