import { invalid } from "../errors";
import { parse } from "../http";
import { apiDefinition, type ApiDefinition } from "../schemas/api";
import { backendOf } from "./backend";
import { asNode, asText, type Document, type Operation } from "./document";
import { clipped, requestParameters } from "./parameters";
import { authenticationOf } from "./security";

const visibilities: Readonly<Record<string, number>> = { public: 1, private: 2 };

/** The API that an operation of a file becomes; a refusal is that operation's entry in `failure`. */
export function definitionOf(
  document: Document,
  operation: Operation,
  settings: { groupId: string; mockMode: boolean; unnamed: () => string },
): ApiDefinition {
  const { method, path, fields } = operation;
  const type = visibilities[asText(fields["x-apigateway-request-type"] ?? "public") ?? ""];
  if (type === undefined) throw invalid("x-apigateway-request-type");
  return parse(apiDefinition, {
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
    ...authenticationOf(document, operation),
    req_params: requestParameters(operation),
    ...backendOf(fields, settings.mockMode),
  });
}

/** Only Swagger 2.0 has `schemes`; the addresses in `servers` are not used. */
function protocolOf(schemes: unknown): string {
  const names = new Set(Array.isArray(schemes) ? (schemes as unknown[]) : ["https"]);
  if (names.has("http") && names.has("https")) return "BOTH";
  return names.has("http") ? "HTTP" : "HTTPS";
}
