import { invalid } from "../errors";
import type { ApiDefinition } from "../schemas/api";
import { functionOf, httpOf, mockOf } from "./backend";
import { asNode, asText, isNode, type Node } from "./document";
import { exportedBackendParameters, exportedHttp } from "./exported-backend";
import { backendParameters } from "./parameters";
import { said, spelt } from "./words";

const extension = "x-apigateway-backend-policies";

/** The field for each kind of back end, and the kinds that are allowed with the kind of the default back end. */
const kinds = {
  HTTP: { field: "policy_https", read: httpOf, allowed: ["HTTP", "HTTP-VPC"] },
  "HTTP-VPC": { field: "policy_https", read: httpOf, allowed: ["HTTP-VPC"] },
  FUNCTION: { field: "policy_functions", read: functionOf, allowed: ["FUNCTION"] },
  MOCK: { field: "policy_mocks", read: mockOf, allowed: ["MOCK"] },
} as const;

const kindOf = (backend: unknown) => kinds[asText(asNode(backend)["type"]) as keyof typeof kinds] as Kind | undefined;
type Kind = (typeof kinds)[keyof typeof kinds];

/** `x-apigateway-backend-policies`: back ends for requests that meet conditions. */
export function policiesOf(fields: Node): Partial<Record<Kind["field"], object[]>> {
  const policies = fields[extension] ?? [];
  if (!Array.isArray(policies)) throw invalid(extension);
  const allowed: readonly string[] = kindOf(fields["x-apigateway-backend"])?.allowed ?? [];
  const found: Partial<Record<Kind["field"], object[]>> = {};
  for (const policy of policies as unknown[]) {
    const kind = kindOf(policy);
    if (!isNode(policy) || kind === undefined || !allowed.includes(String(policy["type"]))) {
      throw invalid(`${extension}.type`);
    }
    if (said(policy["name"]) === undefined) throw invalid(`${extension}.name`);
    (found[kind.field] ??= []).push({
      name: policy["name"],
      effect_mode: effectMode(spelt(policy, "effectMode", "effect-mode") ?? "ANY"),
      ...kind.read(policy),
      backend_params: backendParameters(policy),
      conditions: conditionsOf(policy["conditions"]),
    });
  }
  return found;
}

function effectMode(value: unknown): unknown {
  if (value !== "ANY" && value !== "ALL") throw invalid("effectMode");
  return value;
}

/** The pages have several spellings for these. */
const conditionTypes: Readonly<Record<string, string>> = {
  equal: "exact",
  exact: "exact",
  enum: "enum",
  pattern: "pattern",
};
const origins: Readonly<Record<string, string>> = {
  source: "source",
  request: "param",
  param: "param",
  request_parameter: "param",
};

function conditionsOf(conditions: unknown): object[] {
  if (!Array.isArray(conditions) || conditions.length === 0) throw invalid(`${extension}.conditions`);
  return (conditions as unknown[]).map((entry) => {
    const condition = asNode(entry);
    const condition_origin = origins[asText(condition["origin"]) ?? ""];
    if (condition_origin === undefined) throw invalid("origin");
    // An address of the caller has one type only, which may be left out.
    const type = said(condition["type"]) ?? (condition_origin === "source" ? "exact" : "");
    const condition_type = conditionTypes[type];
    if (condition_type === undefined) throw invalid("type");
    const condition_value = said(condition["value"]);
    if (condition_value === undefined) throw invalid("value");
    const name = said(spelt(condition, "parameter", "parameter_name"));
    if (condition_origin === "param" && name === undefined) throw invalid("parameter");
    return {
      condition_type,
      condition_origin,
      condition_value,
      ...(name === undefined ? {} : { req_param_name: name }),
    };
  });
}

/** The policies as exports write them. Only what an import makes is written. */
export function exportedPolicies(api: ApiDefinition): object {
  const policies = [
    ...(api.policy_https ?? []).map((policy) => exportedPolicy(policy, exportedHttp(policy))),
    ...(api.policy_functions ?? []).map((policy) =>
      exportedPolicy(policy, {
        type: "FUNCTION",
        functionEndpoints: {
          "function-urn": policy["function_urn"],
          version: policy["version"],
          "invocation-type": policy["invocation_type"],
          timeout: policy["timeout"],
        },
      }),
    ),
    ...(api.policy_mocks ?? []).map((policy) =>
      exportedPolicy(policy, { type: "MOCK", mockEndpoints: { "result-content": policy["result_content"] } }),
    ),
  ];
  return policies.length === 0 ? {} : { [extension]: policies };
}

function exportedPolicy(policy: Node, backend: object): object {
  const parameters = (policy["backend_params"] ?? []) as ApiDefinition["backend_params"];
  const conditions = (policy["conditions"] ?? []) as Node[];
  return {
    name: policy["name"],
    effectMode: policy["effect_mode"],
    ...backend,
    parameters: exportedBackendParameters(parameters),
    conditions: conditions.map((condition) => ({
      type: condition["condition_type"] === "exact" ? "equal" : condition["condition_type"],
      value: condition["condition_value"],
      origin: condition["condition_origin"] === "source" ? "source" : "request",
      parameter: condition["req_param_name"] ?? "",
    })),
  };
}
