/** Finds how callers of an operation prove who they are, from the file and the program. */
import type { Auth } from "../arrangement";
import { isList, isObject, objectMember, textMember, type JsonObject } from "../json";
import type { Part } from "../part";
import { printable, type DefinitionProblem } from "../problem";
import type { Authentication, AuthType } from "../operation";
import { extensionsOf } from "./kept";

export interface Projected {
  /** The security scheme to send. Without one, the API is open to everybody. */
  readonly scheme?: JsonObject;
  /**
   * Why the API is open, if this may be a mistake. `unsaid`: nobody says who may call. `overruling`: the file opens it
   * in spite of `defaults.auth`.
   */
  readonly isOpen?: "unsaid" | "overruling";
}

const AUTH_TYPE = "x-apigateway-auth-type";
const AUTH_OPT = "x-apigateway-auth-opt";
const APP_CODE = "appcode-auth-type";

/** The spellings that the service accepts. Its pages also use other capitals. */
const SPELLINGS = ["AppSigv1", "IAM", "IAM_NONE", "AUTHORIZER"];

/** Message for a wrong `security`. If it were read as an empty list, the API would be open to everybody. */
const NO_REQUIREMENTS = "must be a list of mappings, as in [{ app: [] }], or [] for nothing that callers must prove";

const AUTH_TYPES: Readonly<Record<string, AuthType>> = { appsigv1: "APP", iam: "IAM", authorizer: "AUTHORIZER" };

/**
 * Finds the security scheme of an operation.
 *
 * @param by settings of the program: `always` wins over the file, `otherwise` is for operations where the file has none
 */
export function projectAuth(
  root: Part,
  node: Part,
  by: { readonly always: Auth | undefined; readonly otherwise: Auth | undefined },
): Projected | DefinitionProblem {
  if (by.always !== undefined) return schemeFor(by.always);
  const list = node.at("security") ?? root.at("security");
  const requirements = list?.items ?? [];
  if (list !== undefined && !(isList(list.value) && list.value.every(isObject))) return list.problem(NO_REQUIREMENTS);
  // Sorted, because the engine may change the order of a mapping's keys.
  const named = requirements.flatMap(({ json }) => Object.keys(json).sort());
  const schemes = named.map((name) => securitySchemesOf(root)?.object(name));
  const missing = named.find((_, index) => schemes[index] === undefined);
  if (missing !== undefined) {
    return node.problem(`its security names "${printable(missing)}", and there is no such scheme`, "security");
  }
  const scheme = schemes.find((each) => each?.text(AUTH_TYPE) !== undefined);
  if (scheme !== undefined) return { scheme: keptOf(scheme) };
  const isOpen =
    list !== undefined && (requirements.length === 0 || requirements.some(({ members }) => members.length === 0));
  if (isOpen) return by.otherwise === undefined || by.otherwise === "NONE" ? {} : { isOpen: "overruling" };
  if (by.otherwise !== undefined) return schemeFor(by.otherwise);
  if (list === undefined) return { isOpen: "unsaid" };
  const asked = [...new Set(named)].map(printable).join(", ");
  return node.problem(
    `its security asks for ${asked}, which APIG does not have: it would be open to everybody. Say \`auth\` in \`defaults\` or ` +
      '`overrides` ("APP+AppCode", "APP", "IAM" or "NONE"), or give the scheme an `x-apigateway-auth-type`',
  );
}

/** The authentication that a scheme demands. */
export function authenticationOf(scheme: JsonObject | undefined): Authentication {
  if (scheme === undefined) return { authType: "NONE", appCode: false };
  const authType = AUTH_TYPES[textMember(scheme, AUTH_TYPE)?.toLowerCase() ?? ""];
  const place = textMember(objectMember(scheme, AUTH_OPT), APP_CODE);
  return { authType, appCode: authType === "APP" && place?.toLowerCase() === "header" };
}

/** The security schemes of OpenAPI 3 or of Swagger 2.0. */
export function securitySchemesOf(root: Part): Part | undefined {
  return root.object("components")?.object("securitySchemes") ?? root.object("securityDefinitions");
}

function keptOf({ json }: Part): JsonObject {
  const options = objectMember(json, AUTH_OPT);
  const place = textMember(options, APP_CODE);
  const type = textMember(json, AUTH_TYPE) ?? "";
  return apiKey(textMember(json, "name") ?? "Authorization", {
    ...extensionsOf(json),
    [AUTH_TYPE]: SPELLINGS.find((each) => each.toLowerCase() === type.toLowerCase()) ?? type,
    ...(options && place !== undefined && { [AUTH_OPT]: { ...options, [APP_CODE]: place.toLowerCase() } }),
  });
}

function schemeFor(auth: Auth): { scheme?: JsonObject } {
  if (auth === "NONE") return {};
  if (auth === "IAM") return { scheme: apiKey("unused", { [AUTH_TYPE]: "IAM" }) };
  if (isObject(auth)) return { scheme: apiKey("unused", authorizer(auth.authorizer)) };
  const simple = auth === "APP+AppCode" && { [AUTH_OPT]: { [APP_CODE]: "header" } };
  return { scheme: apiKey("Authorization", { [AUTH_TYPE]: "AppSigv1", ...simple }) };
}

function authorizer(uri: string): JsonObject {
  return {
    [AUTH_TYPE]: "AUTHORIZER",
    "x-apigateway-authorizer": { authorizer_type: "FUNC", authorizer_uri: uri, type: "FRONTEND" },
  };
}

function apiKey(name: string, more: JsonObject): JsonObject {
  return { type: "apiKey", in: "header", name, ...more };
}
