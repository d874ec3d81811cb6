import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import * as apig from "pulumi-apig";

// One stack is one environment: `dev`, `prod`. Stacks share nothing, so every name that must be unique has the stack in it,
// also the name of the group.
const stage = pulumi.getStack().replaceAll("-", "_");
const definition = readFileSync("openapi.yaml", "utf8").replace("{stack}", stage);

const environment = new apig.Environment("stage", { name: stage });
const greetings = new apig.ApiImport("greetings", { definition });
const publication = new apig.ApiPublication("greetings", {
  envId: environment.envId,
  groupId: greetings.groupId,
  triggers: greetings.operations,
});

const caller = new apig.App("caller", { name: `greetings_${stage}` });
const code = new apig.AppCode("caller", { appId: caller.appId });
new apig.AppAuthorization("caller", {
  envId: environment.envId,
  appIds: [caller.appId],
  apiIds: publication.publishedApiIds,
});

export const groupId = greetings.groupId;
export const environmentName = environment.name;
export const appCode = code.appCode;
