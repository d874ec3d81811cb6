import { invalid } from "../errors";
import type { ApiDefinition } from "../schemas/api";
import { asNode, asText, isNode, type Document, type Operation } from "./document";

type Authentication = Pick<ApiDefinition, "auth_type" | "auth_opt">;

const authTypes: Readonly<Record<string, ApiDefinition["auth_type"]>> = { AppSigv1: "APP", IAM: "IAM" };

const open: Authentication = { auth_type: "NONE", auth_opt: { app_code_auth_type: "DISABLE" } };

/**
 * How callers prove who they are: the first scheme of the operation's `security`, else of the file's, by its
 * `x-apigateway-auth-type`. `security: []` and schemes without that extension leave the API open.
 */
export function authenticationOf(document: Document, operation: Operation): Authentication {
  const security = operation.fields["security"] ?? document.security;
  const [requirement] = Array.isArray(security) ? (security as unknown[]) : [];
  const [name] = Object.keys(asNode(requirement));
  if (name === undefined) return open;
  const scheme = document.securitySchemes[name];
  if (!isNode(scheme)) throw invalid("security");
  const type = scheme["x-apigateway-auth-type"];
  if (type === undefined) return open;
  const auth_type = authTypes[asText(type) ?? ""];
  if (auth_type === undefined) throw invalid("x-apigateway-auth-type");
  const place = asText(asNode(scheme["x-apigateway-auth-opt"])["appcode-auth-type"]) ?? "disable";
  if (!["header", "disable"].includes(place)) throw invalid("appcode-auth-type");
  return {
    auth_type,
    auth_opt: { app_code_auth_type: auth_type === "APP" && place === "header" ? "HEADER" : "DISABLE" },
  };
}
