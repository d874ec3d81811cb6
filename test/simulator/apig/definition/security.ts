import { invalid } from "../errors";
import type { ApiDefinition } from "../schemas/api";
import { asNode, asText, isNode, type Document, type Node, type Operation } from "./document";
import { said } from "./words";

type Authentication = Pick<ApiDefinition, "auth_type" | "auth_opt" | "authorizer_id">;

/** The id of a custom authorizer with these fields. It is made if there is none. */
export type AuthorizerStore = (fields: Node) => string;

const authTypes: Readonly<Record<string, ApiDefinition["auth_type"]>> = {
  AppSigv1: "APP",
  IAM: "IAM",
  AUTHORIZER: "AUTHORIZER",
  authorizer: "AUTHORIZER",
};

const signed = { app_code_auth_type: "DISABLE" } as const;

const open: Authentication = { auth_type: "NONE", auth_opt: signed };

/**
 * How callers prove who they are: the first scheme of the operation's `security`, else of the file's, by its
 * `x-apigateway-auth-type`. `security: []` and schemes without that extension leave the API open.
 */
export function authenticationOf(
  document: Document,
  operation: Operation,
  authorizers: AuthorizerStore,
): Authentication {
  const security = operation.fields["security"] ?? document.security;
  const requirements = Array.isArray(security) ? (security as unknown[]) : [];
  const names = requirements.flatMap((requirement) => Object.keys(asNode(requirement)));
  if (names.some((name) => !isNode(document.securitySchemes[name]))) throw invalid("security");
  const [name] = Object.keys(asNode(requirements[0]));
  if (name === undefined) return open;
  const scheme = asNode(document.securitySchemes[name]);
  const type = scheme["x-apigateway-auth-type"];
  if (type === undefined) return open;
  const auth_type = authTypes[asText(type) ?? ""];
  if (auth_type === undefined) throw invalid("x-apigateway-auth-type");
  if (auth_type === "AUTHORIZER") {
    return { auth_type, auth_opt: signed, authorizer_id: authorizers(authorizerOf(scheme)) };
  }
  const place = asText(asNode(scheme["x-apigateway-auth-opt"])["appcode-auth-type"]) ?? "disable";
  if (!["header", "disable"].includes(place)) throw invalid("appcode-auth-type");
  return {
    auth_type,
    auth_opt: auth_type === "APP" && place === "header" ? { app_code_auth_type: "HEADER" } : signed,
  };
}

/** `x-apigateway-authorizer`: a function that the gateway calls, for the request or for the back end. */
function authorizerOf(scheme: Node): Node {
  const fields = scheme["x-apigateway-authorizer"];
  if (!isNode(fields)) throw invalid("x-apigateway-authorizer");
  if (fields["authorizer_type"] !== "FUNC") throw invalid("authorizer_type");
  if (said(fields["authorizer_uri"]) === undefined) throw invalid("authorizer_uri");
  if (!["FRONTEND", "BACKEND"].includes(asText(fields["type"]) ?? "")) throw invalid("x-apigateway-authorizer.type");
  return fields;
}
