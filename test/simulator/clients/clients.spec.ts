import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSimulator, type TestSimulator } from "../open";
import type { Identity } from "../core/identity";
import { wire } from "../core/wire";
import goSdk from "./go-sdk.json";
import nodeSdk from "./node-sdk.json";
import pythonSdk from "./python-sdk.json";
import terraformApis from "./terraform-apis.json";
import terraformApps from "./terraform-apps.json";
import terraformSecrets from "./terraform-secrets.json";
import terraform from "./terraform.json";

/**
 * Requests that official clients sent to a simulator of this identity and scene, byte for byte, so that their
 * signatures hold. The SDKs' were recorded from huaweicloudsdkapig and -csms 3.1.219, huaweicloud-sdk-go-v3 0.1.207 and
 * @huaweicloud/huaweicloud-sdk-core 3.1.211. Terraform's were written after its provider and signed as it signs: without
 * the host, with headers added behind the signature, bodies ending with a newline; those of three files of their own as
 * of August 2026, where what is not set is a zero or an empty text.
 */
interface Recorded {
  readonly operation: string;
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly status: number;
  /** Of a refusal. */
  readonly code?: string;
}

const clients: readonly [client: string, requests: readonly Recorded[]][] = [
  ["Python SDK", pythonSdk],
  ["Go SDK", goSdk],
  ["Node SDK", nodeSdk],
  ["Terraform provider", terraform],
  ["Terraform provider's APIs", terraformApis],
  ["Terraform provider's apps", terraformApps],
  ["Terraform provider's secrets", terraformSecrets],
];

const id = (last: string): string => last.padStart(32, "0");

const user = {
  id: id("e"),
  name: "simulator",
  password: "recorded-password",
  projectIds: [id("1"), id("2")],
};

const identity: Identity = {
  domain: { id: id("d"), name: "recorded-account" },
  places: [
    { region: "sim-north-1", projectId: id("1"), instanceId: id("a") },
    { region: "sim-south-1", projectId: id("2"), instanceId: id("b") },
  ],
  users: [user],
  keys: [
    { accessKey: "RECORDEDKEY", secretKey: "recorded-secret", userName: user.name },
    {
      accessKey: "RECORDEDTEMPORARYKEY",
      secretKey: "recorded-temporary-secret",
      securityToken: "recorded-security-token",
      userName: user.name,
    },
  ],
  token: "recorded-token",
  bkci: { secret: id("0"), projectId: "demo", login: { userId: "admin", cookie: "recorded-cookie" } },
};

const groupId = "1".repeat(32);

const scene = {
  environments: [{ id: "5".repeat(32), name: "recorded_env" }],
  groups: [{ id: groupId, name: "recorded_group" }],
  apps: [{ id: "2".repeat(32), name: "recorded_app", codes: [{ id: "3".repeat(32), app_code: "c".repeat(64) }] }],
  apis: [
    {
      id: "4".repeat(32),
      definition: {
        group_id: groupId,
        name: "recorded_api",
        type: 1,
        req_protocol: "HTTPS",
        req_method: "GET",
        req_uri: "/recorded",
        auth_type: "APP",
        backend_type: "MOCK",
        mock_info: { result_content: "x" },
      },
      publish: ["DEFAULT_ENVIRONMENT_RELEASE_ID"],
    },
  ],
  authorizations: [
    { id: "6".repeat(32), app_id: "2".repeat(32), api_id: "4".repeat(32), env_id: "DEFAULT_ENVIRONMENT_RELEASE_ID" },
  ],
  secrets: [{ id: "7".repeat(32), name: "recorded", tags: { env: "prod" } }],
};

/** `20261121T123606Z` as the clock of the simulator takes it. */
const isoOf = (date: string): string => date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");

describe("What official clients send", () => {
  let folder: string;
  let simulator: TestSimulator;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "simulator-"));
    writeFileSync(join(folder, "identity.json"), JSON.stringify(identity));
    simulator = await openSimulator({ data: folder });
  });
  after(async () => {
    await simulator.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    await simulator.control.reset();
    await simulator.control.seed(scene);
  });

  for (const [client, requests] of clients) {
    for (const { operation, method, target, headers, body, status, code } of requests) {
      it(`gets ${status} for ${operation} of the ${client}`, async () => {
        const date = headers["X-Sdk-Date"];
        if (date !== undefined) await simulator.control.clock({ set: isoOf(date) });
        const answer = await wire(simulator.info.url + target, { method, headers, body });
        const [call] = await simulator.control.journal();
        assert.deepEqual([call?.operation, answer.status], [operation, status], call?.note);
        const fields = answer.body as { error_code?: string; error?: { error_code: string }; failure?: unknown[] };
        assert.equal(fields.error_code ?? fields.error?.error_code, code);
        assert.deepEqual(fields.failure ?? [], []);
      });
    }
  }
});
