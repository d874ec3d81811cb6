import type { Call, Reply, Route } from "../core/types";
import { PlainRefusal, refusal } from "./errors";
import * as handlers from "./handlers";

const ROOT = "/ms/openapi/api/:apigwType(^apigw(?:-user|-app)?$)";

/** What is reachable behind `…/api/apigw`, `…/api/apigw-user` and `…/api/apigw-app`. */
const openapi: readonly [
  operation: string,
  method: Route["method"],
  path: string,
  handle: (call: Call) => Reply,
  query?: readonly string[],
][] = [
  ["listProjects", "GET", "v3/projects", handlers.listProjects],
  ["createProject", "POST", "v3/projects", handlers.createProject],
  ["getProject", "GET", "v3/projects/:projectId", handlers.getProject],
  ["updateProject", "PUT", "v3/projects/:projectId", handlers.updateProject],
  ["listProjects", "GET", "v4/projects/project/project_list", handlers.listProjectsByPage, ["page", "pageSize"]],
  ["createProject", "POST", "v4/projects/project/project_create", handlers.createProject],
  ["getProject", "GET", "v4/projects/project/:projectId", handlers.getProject],
  ["updateProject", "PUT", "v4/projects/project/:projectId", handlers.updateProject],
  ...credentialRoutes("v3/projects/:projectId/credentials", {
    list: "",
    create: "",
    one: "/:credentialId",
    query: [],
  }),
  ...credentialRoutes("v4/projects/:projectId/credentials", {
    list: "/credential_list",
    create: "/credential",
    one: "/credential",
    query: ["credentialId"],
  }),
];

/** v3 and v4 reach the same service; only the paths differ. */
function credentialRoutes(
  base: string,
  { list, create, one, query }: { list: string; create: string; one: string; query: string[] },
): typeof openapi {
  return [
    [
      "listCredentials",
      "GET",
      `${base}${list}`,
      handlers.listCredentials,
      ["credentialTypes", "page", "pageSize", "keyword"],
    ],
    ["createCredential", "POST", `${base}${create}`, handlers.createCredential],
    ["getCredential", "GET", `${base}${one}`, handlers.getCredential, query],
    ["updateCredential", "PUT", `${base}${one}`, handlers.updateCredential, query],
    ["deleteCredential", "DELETE", `${base}${one}`, handlers.deleteCredential, query],
  ];
}

const patterns = openapi.map(([, , path]) => new RegExp(`^${path.replace(/:\w+/g, "[^/]+")}$`));

/** The token check comes before the search for a resource, so that only callers with a token learn what is missing. */
function noSuchOperation({ params }: Call): Reply {
  throw refusal(patterns.some((pattern) => pattern.test(params["*"] ?? "")) ? 405 : 404);
}

function illegalPath({ params }: Call): Reply {
  throw new PlainRefusal(400, `Devops OpenAPI Auth fail: path(${params["*"] ?? ""}) illegal!`);
}

function notFound(): Reply {
  throw refusal(404);
}

const methods = ["GET", "POST", "PUT", "DELETE"] as const;

export const routes: Route[] = [
  {
    operation: "getToken",
    service: "bkci",
    method: "GET",
    path: "/ms/auth/api/user/token/get",
    auth: "none",
    query: [],
    handle: handlers.getToken,
  },
  ...openapi.map(([operation, method, path, handle, query = []]): Route => ({
    operation,
    service: "bkci",
    method,
    path: `${ROOT}/${path}`,
    auth: "bkci",
    query: ["access_token", ...query],
    handle,
  })),
  ...methods.flatMap((method): Route[] => [
    { operation: "unknown", service: "bkci", method, path: `${ROOT}/*`, auth: "bkci", handle: noSuchOperation },
    { operation: "unknown", service: "bkci", method, path: "/ms/openapi/*", auth: "none", handle: illegalPath },
    { operation: "unknown", service: "bkci", method, path: "/ms/*", auth: "none", handle: notFound },
  ]),
];
