import type { Route } from "../core/types";
import { createToken, listDomains, listProjects } from "./handlers";

export const routes: Route[] = [
  {
    operation: "KeystoneCreateUserTokenByPassword",
    service: "iam",
    method: "POST",
    path: "/v3/auth/tokens",
    auth: "none",
    query: ["nocatalog"],
    handle: createToken,
  },
  {
    operation: "KeystoneListProjects",
    service: "iam",
    method: "GET",
    path: "/v3/projects",
    auth: "huawei",
    query: ["name", "domain_id", "parent_id", "enabled", "is_domain", "page", "per_page"],
    handle: listProjects,
  },
  {
    operation: "KeystoneListAuthDomains",
    service: "iam",
    method: "GET",
    path: "/v3/auth/domains",
    auth: "huawei",
    query: [],
    handle: listDomains,
  },
];
