/** An instance that grew without Pulumi: 3 groups with 60 APIs, 8 apps with 20 codes, 2 environments, 5 credentials. */
import { createHash } from "node:crypto";
import type { Control } from "../simulator/open";

type Seed = Parameters<Control["seed"]>[0];

/** As the service gives them: of no order. */
const id = (kind: string, number: number): string =>
  createHash("sha256").update(`${kind} ${number}`).digest("hex").slice(0, 32);

/** An entry, again from the first one after the last. */
function at<Item>(items: readonly [Item, ...Item[]], index: number): Item {
  return items[index % items.length] ?? items[0];
}

export const releaseId = "DEFAULT_ENVIRONMENT_RELEASE_ID";
const testing = id("environment", 1);

interface Named {
  readonly id: string;
  readonly name: string;
  readonly remark: string;
}

/** Two differ in capitals only. */
const groups: [Named, ...Named[]] = [
  { id: id("group", 1), name: "shop", remark: "orders and baskets" },
  { id: id("group", 2), name: "Shop", remark: "" },
  { id: id("group", 3), name: "商城接口", remark: "移动端" },
];

const methods = ["GET", "POST", "PUT", "DELETE", "PATCH"] as const;

/** As an import makes it, where a definition says no more. */
const parameter = { required: 2, valid_enable: 1, pass_through: 2, remark: "" };

/** A definition as CreateApiV2 takes it, of one of many kinds. */
function api(number: number) {
  const group = at(groups, Math.floor(number / 20));
  const method = at(methods, number);
  const path = `/v1/things${Math.floor(number / methods.length)}/{id}`;
  const common = {
    group_id: group.id,
    name: `api_${number}`,
    type: number % 7 === 0 ? 2 : 1,
    req_protocol: group.name === "Shop" ? at(["HTTP", "BOTH", "HTTPS"], number) : "HTTPS",
    req_method: method,
    req_uri: path,
    remark: number % 4 === 0 ? `thing: "number" ${number}` : "",
    match_mode: number % 9 === 0 ? "SWA" : "NORMAL",
    cors: number % 6 === 0,
    ...auth(number),
    req_params: [
      { ...parameter, name: "id", type: "STRING", location: "PATH", required: 1 },
      { ...parameter, name: "limit", type: "NUMBER", location: "QUERY", min_num: 1, max_num: 100, default_value: "10" },
      { ...parameter, name: "X-Trace", type: "STRING", location: "HEADER", max_size: 40, remark: "of the caller" },
    ],
  };
  return { id: id("api", number + 1), definition: { ...common, ...backend(number, method, path) } };
}

function auth(number: number) {
  const kind = number % 5;
  if (kind === 0) return { auth_type: "NONE" };
  if (kind === 1) return { auth_type: "IAM" };
  return { auth_type: "APP", auth_opt: { app_code_auth_type: kind === 2 ? "DISABLE" : "HEADER" } };
}

function backend(number: number, method: string, path: string) {
  const http = { req_protocol: "HTTPS", req_method: method, req_uri: path, timeout: 5000, remark: "" };
  const parameters = [{ name: "id", location: "PATH", origin: "REQUEST", value: "id", remark: "" }];
  switch (number % 4) {
    case 0:
      return { backend_type: "MOCK", mock_info: { result_content: '{"fine": true}' }, backend_params: [] };
    case 1:
      return {
        backend_type: "FUNCTION",
        func_info: {
          function_urn: "urn:fss:north:1:function:default:things",
          invocation_type: "sync",
          version: "latest",
          timeout: 3000,
        },
        backend_params: [],
      };
    case 2:
      return {
        backend_type: "HTTP",
        backend_params: parameters,
        backend_api: { ...http, vpc_channel_status: 1, vpc_channel_info: { vpc_channel_id: id("channel", 1) } },
      };
    default:
      return {
        backend_type: "HTTP",
        backend_params: parameters,
        backend_api: {
          ...http,
          vpc_channel_status: 2,
          url_domain: "things.example.com",
          timeout: 1000 * number,
          retry_count: "2",
        },
        policy_https: [
          {
            name: `policy_${number}`,
            effect_mode: "ANY",
            url_domain: "others.example.com",
            vpc_channel_status: 2,
            ...http,
            backend_params: parameters,
            conditions: [{ condition_type: "exact", condition_origin: "source", condition_value: "10.0.0.1" }],
          },
        ],
      };
  }
}

/** All of the first group are published in RELEASE, half of the others; some are published for testing, too. */
function publish(number: number): string[] {
  return [...(number < 20 || number % 2 === 0 ? [releaseId] : []), ...(number % 3 === 0 ? [testing] : [])];
}

const apis = Array.from({ length: 60 }, (_, number) => ({ ...api(number), publish: publish(number) }));

/** Two differ in capitals only. One app has the most codes that an app may have. */
const names = ["web", "Web", "手机端", "partner-1", "partner-2", "batch", "reports", "legacy"].map(
  (name) => `${name}_app`,
);
const codes: [number, ...number[]] = [5, 4, 3, 3, 2, 1, 1, 1];
const apps = names.map((name, index) => ({
  id: id("app", index + 1),
  name,
  remark: index === 0 ? "of the ${shop}" : "",
  codes: Array.from({ length: at(codes, index) }, (_, code) => ({
    id: id("code", 16 * (index + 1) + code),
    app_code: `secret${index}x${code}y`.padEnd(64, "c"),
  })),
}));

/** The first two apps may call the same APIs; each other one its own; the last one none. */
const authorizations = apis.flatMap(({ id: api_id, definition, publish: envs }, number) =>
  definition.auth_type === "APP"
    ? envs.flatMap((env_id) =>
        apps
          .filter((_, index) => index < 2 || (index < 7 && number % (index + 2) === 0))
          .map((app) => ({ app_id: app.id, api_id, env_id })),
      )
    : [],
);

const credentials = [
  { credentialId: "shop_code", credentialType: "ACCESSTOKEN", credentialRemark: "of the shop", v1: "secret-token" },
  {
    credentialId: "git",
    credentialType: "USERNAME_PASSWORD",
    credentialName: "代码库",
    v1: "robot",
    v2: "secret-word",
  },
  { credentialId: "db", credentialType: "PASSWORD", v1: "secret-database" },
  { credentialId: "keys", credentialType: "SECRETKEY", v1: "secret-key" },
  { credentialId: "cloud", credentialType: "APPID_SECRETKEY", v1: "app", v2: "secret-cloud" },
] as const;

export const brownfield = {
  environments: [{ id: testing, name: "testing", remark: "before a release" }],
  groups,
  apis,
  apps,
  authorizations,
  credentials: [...credentials],
} as unknown as Seed;

/** Every secret in it, which must be nowhere in clear. */
export const secretValues = [...apps.flatMap((app) => app.codes.map(({ app_code }) => app_code)), "secret-"];
