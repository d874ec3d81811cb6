import { setTimeout as sleep } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import * as apig from "pulumi-apig";

// To rotate: `pulumi config set rotation 2027-q1`, any text that was not there before, and `pulumi up`.
const rotation = new pulumi.Config().get("rotation") ?? "first";

/** The environment that every instance comes with. */
const envId = "DEFAULT_ENVIRONMENT_RELEASE_ID";

/** Milliseconds until a change has reached the gateway: the service says 5 to 10 seconds. */
const propagation = 10_000;

const greetings = new apig.ApiImport("greetings", { definition: new pulumi.asset.FileAsset("openapi.yaml") });
const publication = new apig.ApiPublication("greetings", {
  envId,
  groupId: greetings.groupId,
  triggers: greetings.operations,
});

const caller = new apig.App("caller", { name: "rotation_caller" });
new apig.AppAuthorization("caller", {
  envId,
  appIds: [caller.appId],
  apiIds: publication.published.apply((apis) => apis.map(({ apiId }) => apiId)),
});

// A new trigger makes a new code; the one before goes at the end of the same update.
const code = new apig.AppCode("caller", { appId: caller.appId, rotate: { rotation } });

// In between the new one is delivered, but not before the gateway knows it: a caller who had it earlier would be refused.
const delivered = pulumi.all([code.appCode, code.createTime]).apply(async ([value, createTime]) => {
  const age = Date.now() - Date.parse(createTime);
  if (age < propagation) await sleep(Math.min(propagation - age, propagation));
  return value;
});

new apig.BkciCredential("caller", {
  credentialId: "rotation_appcode",
  type: "ACCESSTOKEN",
  name: "AppCode",
  accessToken: delivered,
});

export const groupId = greetings.groupId;
