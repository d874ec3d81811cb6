import * as pulumi from "@pulumi/pulumi";
import * as apig from "pulumi-apig";

// One stack is one environment of the gateway: `dev`, `prod`.
const environment = new apig.Environment("stage", { name: pulumi.getStack().replaceAll("-", "_") });

const greetings = new apig.ApiImport("greetings", {
  definition: new pulumi.asset.FileAsset("openapi.yaml"),
});

const publication = new apig.ApiPublication("greetings", {
  envId: environment.envId,
  groupId: greetings.groupId,
  triggers: greetings.operations,
});

export const groupId = greetings.groupId;
export const published = publication.published.apply((apis) => apis.length);
