import * as pulumi from "@pulumi/pulumi";
import * as apig from "pulumi-apig";

// To rotate: `pulumi config set rotation 2027-q1`, any text that was not there before, and `pulumi up`.
const rotation = new pulumi.Config().get("rotation") ?? "first";

/** The environment that every instance has. */
const envId = "DEFAULT_ENVIRONMENT_RELEASE_ID";

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
  apiIds: publication.publishedApiIds,
});

// A new trigger makes a new code. Other resources get it when the gateway knows it. The old code is deleted at the end of
// the same update.
const code = new apig.AppCode("caller", { appId: caller.appId, rotate: { rotation } });

new apig.BkciCredential("caller", {
  credentialId: "rotation_appcode",
  type: "ACCESSTOKEN",
  name: "AppCode",
  accessToken: code.appCode,
});

export const groupId = greetings.groupId;
