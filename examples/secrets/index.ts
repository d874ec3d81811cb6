import * as apig from "pulumi-apig";

// Each partner has a secret in CSMS with the tag `role=partner`. Who is to call tomorrow is decided by tagging, and who is
// not, by disabling the secret: no line of this program changes. Names and states are asked for, values never.
const partners = new apig.SecretTagQuery("partners", {
  action: "filter",
  tags: [{ key: "role", values: ["partner"] }],
  select: ["state"],
});

// The answer is known at preview, so the preview shows every caller that comes or goes.
export const callers = partners.resources.apply((secrets) =>
  secrets.filter(({ state }) => state === "ENABLED").map(({ name }) => admit(name)),
);

/** A caller of our APIs, with a code that the partner's pipeline finds in BK-CI. */
function admit(partner: string): string {
  const name = `partner_${partner.replaceAll("-", "_")}`; // apps and credentials have no hyphens
  const app = new apig.App(partner, { name });
  const { appCode } = new apig.AppCode(partner, { appId: app.appId });
  new apig.BkciCredential(partner, { credentialId: name, type: "ACCESSTOKEN", accessToken: appCode });
  return name;
}
