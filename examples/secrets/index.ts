import * as apig from "pulumi-apig";

// Each partner has a secret in CSMS with the tag `role=partner`. To add a partner, tag a secret; to remove one, disable its
// secret: this program does not change. It reads names and states of secrets, never values.
const partners = new apig.SecretTagQuery("partners", {
  action: "filter",
  tags: [{ key: "role", values: ["partner"] }],
  select: ["state"],
});

// The result is known at preview, so the preview shows every caller that is added or removed.
export const callers = partners.resources.apply((secrets) =>
  secrets.filter(({ state }) => state === "ENABLED").map(({ name }) => admit(name)),
);

/** Makes a caller of our APIs, with a code that the partner's pipeline reads from BK-CI. */
function admit(partner: string): string {
  const name = `partner_${partner.replaceAll("-", "_")}`; // apps and credentials have no hyphens
  const app = new apig.App(partner, { name });
  const { appCode } = new apig.AppCode(partner, { appId: app.appId });
  new apig.BkciCredential(partner, { credentialId: name, type: "ACCESSTOKEN", accessToken: appCode });
  return name;
}
