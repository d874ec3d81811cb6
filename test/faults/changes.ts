/** Changes that another user of the same services may make between two operations. */
import fc from "fast-check";
import type { TestSimulator } from "../simulator/open";
import { Outside } from "../simulator/outside";
import { canary } from "./plan";
import { rowsOf, type Rows } from "./rows";

const kinds = [
  "deleteApp",
  "remarkApp",
  "resetSecret",
  "deleteCode",
  "deleteGroup",
  "deleteApi",
  "alterApi",
  "addApi",
  "takeOffline",
  "publishAgain",
  "deleteEnvironment",
  "remarkEnvironment",
  "cancelAuthorization",
  "deleteCredential",
  "overwriteCredential",
  "addSecret",
] as const;

/** A kind of change, and the index of the object to change (modulo how many there are). */
export interface Change {
  readonly kind: (typeof kinds)[number];
  readonly which: number;
}

export const changes: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom(...kinds),
  which: fc.integer({ min: 0, max: 3 }),
});

/** Name of the API that `addApi` makes. */
export const strangersApi = "strangers_api";

/** Makes the change to an object that is not one of the initial ones. Does nothing if there is none. */
export async function change(simulator: TestSimulator, initial: Rows, { kind, which }: Change): Promise<void> {
  const outside = new Outside(simulator.info);
  const rows = await rowsOf(simulator);
  const pick = <Row extends { id: string }>(all: readonly Row[], theirs: readonly Row[]): Row | undefined => {
    const ours = all.filter(({ id }) => !theirs.some((row) => row.id === id));
    return ours[which % Math.max(1, ours.length)];
  };
  const app = pick(rows.apps, initial.apps);
  const api = pick(rows.apis, initial.apis);
  const group = pick(rows.groups, initial.groups);
  const environment = pick(rows.environments, initial.environments);
  const version = pick(rows.published, initial.published);
  const credential = pick(rows.credentials, initial.credentials);

  switch (kind) {
    case "deleteApp":
      if (app) await outside.apig("DELETE", `/apps/${app.id}`);
      return;
    case "remarkApp":
      if (app) await outside.apig("PUT", `/apps/${app.id}`, { name: app.name, remark: "meddled" });
      return;
    case "resetSecret":
      if (app) await outside.apig("PUT", `/apps/secret/${app.id}`, {});
      return;
    case "deleteCode": {
      const code = pick(rows.codes, initial.codes);
      if (code) await outside.apig("DELETE", `/apps/${code.appId}/app-codes/${code.id}`);
      return;
    }
    case "deleteGroup":
      if (!group) return;
      for (const each of rows.apis.filter(({ definition }) => definition.group_id === group.id)) {
        await deleteApi(outside, rows, each.id);
      }
      await outside.apig("DELETE", `/api-groups/${group.id}`);
      return;
    case "deleteApi":
      if (api) await deleteApi(outside, rows, api.id);
      return;
    case "alterApi":
      if (api) await outside.apig("PUT", `/apis/${api.id}`, { ...api.definition, cors: true });
      return;
    case "addApi":
      if (!group || rows.apis.some((each) => each.definition.name === strangersApi)) return;
      await outside.apig("POST", "/apis", apiOf(group.id, strangersApi));
      return;
    case "takeOffline":
      if (version) await offline(outside, version);
      return;
    case "publishAgain":
      if (!version) return;
      await outside.apig("POST", "/apis/action", {
        action: "online",
        env_id: version.environmentId,
        api_id: version.apiId,
      });
      return;
    case "deleteEnvironment":
      if (!environment) return;
      await takeAllOffline(simulator, rows, environment.id);
      await outside.apig("DELETE", `/envs/${environment.id}`);
      return;
    case "remarkEnvironment":
      if (environment) {
        await outside.apig("PUT", `/envs/${environment.id}`, { name: environment.name, remark: "meddled" });
      }
      return;
    case "cancelAuthorization": {
      const authorization = pick(rows.authorizations, initial.authorizations);
      if (authorization) await outside.apig("DELETE", `/app-auths/${authorization.id}`);
      return;
    }
    case "deleteCredential":
      if (credential) await bkci(simulator, "DELETE", credential.id);
      return;
    case "overwriteCredential":
      if (!credential) return;
      await bkci(simulator, "PUT", credential.id, {
        credentialType: credential.credentialType,
        credentialName: credential.credentialName,
        v1: `${canary} of somebody else`,
        ...(credential.values.v2 !== undefined && { v2: `${canary} of somebody else` }),
      });
      return;
    case "addSecret":
      await simulator.control.seed({
        secrets: [{ name: `added-${rows.secrets.length}`, tags: { env: `env${which % 2}` } }],
      });
  }
}

/** A body of CreateApiV2 with a mock back end. */
export const apiOf = (groupId: string, name: string) => ({
  group_id: groupId,
  name,
  type: 1,
  req_protocol: "HTTPS",
  req_method: "GET",
  req_uri: `/${name}`,
  auth_type: "APP",
  backend_type: "MOCK",
  mock_info: { result_content: name },
});

/** Deletes an API wherever it is published. */
export async function deleteApi(outside: Outside, rows: Rows, apiId: string): Promise<void> {
  for (const each of rows.published.filter((version) => version.apiId === apiId)) await offline(outside, each);
  await outside.apig("DELETE", `/apis/${apiId}`);
}

/** Takes all APIs of an environment offline. */
export async function takeAllOffline(simulator: TestSimulator, rows: Rows, environmentId: string): Promise<void> {
  const outside = new Outside(simulator.info);
  for (const each of rows.published.filter((version) => version.environmentId === environmentId)) {
    await offline(outside, each);
  }
}

function offline(outside: Outside, { apiId, environmentId }: Rows["published"][number]): Promise<unknown> {
  return outside.apig("POST", "/apis/action", { action: "offline", env_id: environmentId, api_id: apiId });
}

export async function bkci(simulator: TestSimulator, method: string, id: string, body?: object): Promise<void> {
  const { bkci: root, bkciAccessToken, bkciProjectId } = simulator.info;
  const path = `ms/openapi/api/apigw/v3/projects/${bkciProjectId}/credentials/${id}`;
  const response = await fetch(`${root}/${path}?access_token=${bkciAccessToken}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${id} answered ${response.status}: ${await response.text()}`);
}
