/** A BK-CI with one project, and one credential in it. */
import assert from "node:assert/strict";
import { handlersFor } from "../../support/handlers";
import { Life } from "../../support/life";
import { openSimulator, type TestSimulator } from "../../simulator/open";

export const rsa = (text: string) => `-----BEGIN RSA PRIVATE KEY-----\n${text}\n-----END RSA PRIVATE KEY-----`;

interface Stored {
  readonly credentialName: string;
  readonly credentialType: string;
  readonly credentialRemark: string | null;
  readonly values: Record<string, string>;
}

export let simulator: TestSimulator;
export let life: Life;

/** Makes the objects for each test of the suite that calls this. */
export function setUp(): void {
  before(async () => {
    simulator = await openSimulator();
  });
  after(() => simulator.close());
  beforeEach(async () => {
    await simulator.control.reset();
    life = new Life(() => handlersFor(simulator).BkciCredential);
  });
}

/** The real values in BK-CI, which no API shows. */
export const stored = async (projectId = simulator.info.bkciProjectId): Promise<Record<string, Stored>> => {
  const { bkci } = (await simulator.control.state()) as {
    bkci?: { credentials: Record<string, Record<string, Stored> | undefined> };
  };
  return bkci?.credentials[projectId] ?? {};
};
/** A change by another user with the same rights. */
export const outside = async (method: string, id: string, body?: object): Promise<void> => {
  const { bkci, bkciAccessToken, bkciProjectId } = simulator.info;
  const path = `ms/openapi/api/apigw/v3/projects/${bkciProjectId}/credentials${id && `/${id}`}`;
  const response = await fetch(`${bkci}/${path}?access_token=${bkciAccessToken}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  assert.equal(response.status, 200, await response.text());
};
/** Times of BK-CI are whole seconds. */
export const later = () => simulator.control.clock({ advance: 5000 });

export const password = { credentialId: "gateway_code", type: "PASSWORD", password: "one" };
