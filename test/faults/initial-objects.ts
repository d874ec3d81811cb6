/** What exists before any stack: objects of others, and settings for a whole schedule. */
import assert from "node:assert/strict";
import type { ConfigMap } from "@pulumi/pulumi/automation";
import type { Identity } from "../simulator/core/identity";
import type { TestSimulator } from "../simulator/open";
import { apiOf } from "./changes";
import { theirGroup } from "./plan";
import { rowsOf, type Rows } from "./rows";
import type { Conditions } from "./schedules";

/** Makes the objects of others in an empty simulator, and returns them. */
export async function makeInitialObjects(simulator: TestSimulator, conditions: Conditions): Promise<Rows> {
  const { control } = simulator;
  const { clockAhead, importClash, appCodeShowStatus } = conditions;
  await control.reset();
  await control.options({ importClash, appCodeShowStatus });
  await control.quotas({ appCodesPerApp: 50 });
  const [env, app, api] = ["8".repeat(32), "9".repeat(32), "6".repeat(32)];
  await control.clock({ advance: clockAhead * 1000 - 3_600_000 });
  await control.seed({
    environments: [{ id: env, name: "theirs" }],
    groups: [{ id: theirGroup, name: "theirs" }],
    apis: [{ id: api, definition: apiOf(theirGroup, "theirs"), publish: [env] }],
    apps: [{ id: app, name: "theirs", codes: 1 }],
    authorizations: [{ app_id: app, api_id: api, env_id: env }],
    credentials: [{ credentialId: "theirs", credentialType: "PASSWORD", v1: "x" }],
    secrets: [0, 1, 0].map((n, index) => ({ name: `secret-${index}`, tags: { env: `env${n}` } })),
  });
  await control.clock({ advance: 3_600_000 });
  return rowsOf(simulator);
}

/** Settings with a kind of credentials. */
export async function configWith(
  { config, info, control }: TestSimulator,
  { credentials }: Conditions,
): Promise<ConfigMap> {
  const { "huaweicloud:token": token, ...rest } = config;
  const { identity } = (await control.state()) as { identity: Identity };
  const [user] = identity.users;
  assert.ok(token && user);
  const kinds: Record<Conditions["credentials"], ConfigMap> = {
    token: { "huaweicloud:token": token },
    password: {
      "huaweicloud:userName": { value: user.name },
      "huaweicloud:password": { value: user.password, secret: true },
      "huaweicloud:domainName": { value: identity.domain.name },
      "huaweicloud:authUrl": { value: `${info.iam}/v3` },
    },
    keys: {
      "huaweicloud:accessKey": { value: info.accessKey },
      "huaweicloud:secretKey": { value: info.secretKey, secret: true },
    },
  };
  return { ...rest, ...kinds[credentials] };
}
