import { invalid } from "../errors";
import { parse } from "../http";
import { apiDefinition, type ApiDefinition } from "../schemas/api";
import { backendOf } from "./backend";
import { asNode, asText, type Document, type Node, type Operation } from "./document";
import { clipped, requestParameters } from "./parameters";
import { policiesOf } from "./policies";
import { authenticationOf, type AuthorizerStore } from "./security";
import { said } from "./words";

const visibilities: Readonly<Record<string, number>> = { public: 1, private: 2 };

interface Settings {
  readonly groupId: string;
  readonly mockMode: boolean;
  readonly unnamed: () => string;
  readonly authorizers: AuthorizerStore;
}

/** The API that an operation of a file becomes; a refusal is that operation's entry in `failure`. */
export function definitionOf(document: Document, operation: Operation, settings: Settings): ApiDefinition {
  const { method, path, fields } = operation;
  const type = visibilities[asText(fields["x-apigateway-request-type"] ?? "public") ?? ""];
  if (type === undefined) throw invalid("x-apigateway-request-type");
  const definition = parse(apiDefinition, {
    group_id: settings.groupId,
    name: fields["operationId"] ?? settings.unnamed(),
    type,
    req_protocol: protocolOf(fields["schemes"]),
    req_method: method,
    req_uri: path,
    match_mode: fields["x-apigateway-match-mode"] ?? "NORMAL",
    cors: fields["x-apigateway-cors"] ?? false,
    is_send_fg_body_base64: fields["x-apigateway-is-send-fg-body-base64"] ?? true,
    remark: clipped(fields["description"], 255),
    body_remark: clipped(asNode(fields["requestBody"])["description"], 20_480),
    content_type: said(fields["x-apigateway-content-type"]),
    result_normal_sample: sampleOf(fields, "x-apigateway-result-normal-sample"),
    result_failure_sample: sampleOf(fields, "x-apigateway-result-failure-sample"),
    ...authenticationOf(document, operation, settings.authorizers),
    req_params: requestParameters(operation),
    ...backendOf(fields, settings.mockMode),
    ...policiesOf(fields),
  });
  checkPaths(definition);
  return definition;
}

/** Only Swagger 2.0 has `schemes`; the addresses in `servers` are not used. */
function protocolOf(schemes: unknown): string {
  const names = new Set(Array.isArray(schemes) ? (schemes as unknown[]) : ["https"]);
  if (names.has("http") && names.has("https")) return "BOTH";
  return names.has("http") ? "HTTP" : "HTTPS";
}

/** The sample of a response: exports have it among the responses (2.0) or in one of them (3.0). Nothing else of them is used. */
function sampleOf(fields: Node, name: string): string {
  const responses = asNode(fields["responses"]);
  const samples = [responses, ...Object.values(responses).map(asNode)].map((place) => said(place[name]));
  return clipped(samples.find((sample) => sample !== undefined) ?? "", 20_480);
}

const variablesOf = (path: string): string[] =>
  [...path.matchAll(/\{([^{}+]+)\+?\}/gu)].map(([, variable = ""]) => variable);

/** Checks that all path variables have a value: from a request parameter, in the back end's path from one of its parameters. */
function checkPaths({ req_uri, req_params, backend_api, backend_params }: ApiDefinition): void {
  const declared = req_params.filter(({ location }) => location === "PATH");
  const names = new Set(declared.map(({ name }) => name));
  if (variablesOf(req_uri).some((variable) => !names.has(variable))) throw invalid("req_params");
  const given = new Set([
    ...backend_params.filter(({ location }) => location === "PATH").map(({ name }) => name),
    ...declared.filter(({ pass_through }) => pass_through === 1).map(({ name }) => name),
  ]);
  if (variablesOf(backend_api?.req_uri ?? "").some((variable) => !given.has(variable))) throw invalid("backend_params");
}
