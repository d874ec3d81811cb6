/**
 * The extensions of APIG: where each may stand and what it may hold. Where pages of the service spell one differently,
 * both spellings are accepted.
 */
import { anything, flag, listOf, mapOf, members, nameOf, number, oneOf, text, type Rule } from "./rules";

/** Milliseconds. Exports and other clients write 0 where none is set. */
const timeout = { rule: number(0, 60_000) };

const retries = { "retry-count": { rule: anything, alias: "retryCount" } };

const endpoint = {
  scheme: { rule: oneOf("http", "https"), isMandatory: true },
  method: { rule: oneOf("GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "ANY"), isMandatory: true },
  path: { rule: text, isMandatory: true },
  timeout,
  ...retries,
};

const endpoints = {
  httpEndpoints: members({
    ...endpoint,
    address: { rule: text, isMandatory: true },
    "enable-client-ssl": { rule: flag, alias: "enableClientSsl" },
  }),
  httpVpcEndpoints: members({
    ...endpoint,
    name: { rule: text, isMandatory: true },
    "vpc-proxy-host": { rule: text, alias: "host" },
  }),
  functionEndpoints: members({
    "function-urn": { rule: text, isMandatory: true },
    version: { rule: anything },
    "invocation-type": { rule: oneOf("async", "sync", "synchronous", "asynchronous"), isMandatory: true },
    "network-type": { rule: anything },
    "alias-urn": { rule: anything },
    timeout: { rule: number(0, 600_000) },
  }),
  mockEndpoints: members({ "result-content": { rule: anything, isMandatory: true } }),
};

const parameter = members({
  name: { rule: text, isMandatory: true },
  value: { rule: anything, isMandatory: true },
  in: { rule: oneOf("header", "query", "path"), isMandatory: true },
  origin: { rule: oneOf("REQUEST", "CONSTANT", "SYSTEM"), isMandatory: true },
  description: { rule: anything },
});

const condition = members({
  type: { rule: oneOf("equal", "enum", "pattern", "exact", "") },
  value: { rule: anything, isMandatory: true },
  origin: { rule: oneOf("source", "request", "param", "request_parameter", "system", "cookie", "orchestration") },
  parameter: { rule: anything, alias: "parameter_name" },
});

const backend = {
  type: { rule: oneOf("HTTP", "HTTP-VPC", "FUNCTION", "MOCK", "HTTP-VPC-MEMBER-GROUP"), isMandatory: true },
  parameters: { rule: listOf(parameter) },
  ...Object.fromEntries(Object.entries(endpoints).map(([name, rule]) => [name, { rule }])),
};

/** Names of policies at the root of a definition. Operations refer to them. */
export interface RootNames {
  readonly ratelimits: readonly string[];
  readonly accessControls: readonly string[];
}

type Table = Readonly<Record<string, Rule>>;

export const ofRoot: Table = {
  "x-apigateway-ratelimits": mapOf(
    members({
      "api-limit": { rule: anything, isMandatory: true },
      interval: { rule: anything, isMandatory: true },
      unit: { rule: oneOf("SECOND", "MINUTE", "HOUR", "DAY"), isMandatory: true },
      "user-limit": { rule: anything },
      "app-limit": { rule: anything },
      "ip-limit": { rule: anything },
      shared: { rule: anything },
      special: { rule: anything },
    }),
  ),
  "x-apigateway-access-controls": mapOf(
    members({
      "acl-type": { rule: oneOf("PERMIT", "DENY"), isMandatory: true },
      "entity-type": { rule: oneOf("IP", "DOMAIN"), isMandatory: true },
      value: { rule: anything, isMandatory: true },
    }),
  ),
  "x-apigateway-responses": anything,
};

export const ofPathItem: Table = { "x-apigateway-any-method": anything };

export const ofOperation = ({ ratelimits, accessControls }: RootNames): Table => ({
  "x-apigateway-request-type": oneOf("public", "private"),
  "x-apigateway-match-mode": oneOf("NORMAL", "SWA"),
  "x-apigateway-cors": flag,
  "x-apigateway-is-send-fg-body-base64": flag,
  "x-apigateway-backend": members(backend),
  "x-apigateway-backend-policies": listOf(
    members({
      ...backend,
      name: { rule: text, isMandatory: true },
      conditions: { rule: listOf(condition), isMandatory: true },
      effectMode: { rule: oneOf("ANY", "ALL"), alias: "effect-mode" },
    }),
  ),
  "x-apigateway-ratelimit": nameOf("policy", "x-apigateway-ratelimits", ratelimits),
  "x-apigateway-access-control": nameOf("policy", "x-apigateway-access-controls", accessControls),
  "x-apigateway-plugins": anything,
  "x-apigateway-response": anything,
  "x-apigateway-content-type": anything,
});

export const ofParameter: Table = {
  "x-apigateway-pass-through": oneOf("always", "never"),
  "x-apigateway-sample": anything,
  "x-apigateway-orchestrations": anything,
  "x-apigateway-pattern": anything,
};

export const ofSecurityScheme: Table = {
  "x-apigateway-auth-type": oneOf("AppSigv1", "IAM", "IAM_NONE", "AUTHORIZER"),
  "x-apigateway-auth-opt": members({
    "appcode-auth-type": { rule: oneOf("header", "disable"), alias: "app-code-auth-type" },
  }),
  "x-apigateway-authorizer": anything,
};
