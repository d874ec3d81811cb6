/** Requests that official clients sent, byte for byte, and the scene that they were sent in. */
import type { Identity } from "../core/identity";
import { wire } from "../core/wire";
import type { TestSimulator } from "../open";
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
export interface Recorded {
  readonly operation: string;
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly status: number;
  /** Of a refusal. */
  readonly code?: string;
}

export const clients: readonly [client: string, requests: readonly Recorded[]][] = [
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

export const identity: Identity = {
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

export const scene = {
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

/** Sends a request again, at the time at which it was signed. */
export async function replay(simulator: TestSimulator, { method, target, headers, body }: Recorded) {
  const date = headers["X-Sdk-Date"];
  if (date !== undefined) await simulator.control.clock({ set: isoOf(date) });
  return wire(simulator.info.url + target, { method, headers, body });
}
