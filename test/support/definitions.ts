import type { TestSimulator } from "../simulator/open";

/** An operation of a definition: the parts that tests vary. All optional parts may be absent in a definition. */
export interface Spec {
  readonly method: string;
  readonly path: string;
  /** `operationId`. */
  readonly name?: string | undefined;
  /** Path of the back end, which the list call does not show. */
  readonly backend?: string;
  readonly auth?: "none" | "app" | "code" | "iam";
  /** Names of query parameters. */
  readonly params?: readonly string[];
  /** Matches by prefix. */
  readonly prefix?: boolean;
  readonly hidden?: boolean;
  readonly cors?: boolean;
  readonly remark?: string;
}

/** `GET /pets`. */
export const keyOf = ({ method, path }: Pick<Spec, "method" | "path">): string => `${method} ${path}`;

/** Of its API: without an `operationId` it is made of method and path, `get_pets`. */
export const nameOf = ({ method, path, name }: Spec): string =>
  name ??
  `${method}${path}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replace(/_$/, "");

/** A spec from its key: `spec("GET /pets", { auth: "app" })`. */
export function spec(key: string, rest: Omit<Spec, "method" | "path"> = {}): Spec {
  const [method = "", path = ""] = key.split(" ");
  return { method, path, ...rest };
}

/** Specs `GET /p0`, `GET /p1` and so on. */
export function specs(count: number, rest: Omit<Spec, "method" | "path"> = {}): Spec[] {
  return Array.from({ length: count }, (_, index) => spec(`GET /p${index}`, { name: `get-p${index}`, ...rest }));
}

/** An OpenAPI 3.0 document, as an object. */
export function definition(operations: readonly Spec[], info: { title?: string; description?: string } = {}) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const member = operation.method === "ANY" ? "x-apigateway-any-method" : operation.method.toLowerCase();
    paths[operation.path] = { ...paths[operation.path], [member]: operationObject(operation) };
  }
  return {
    openapi: "3.0.3",
    info: { title: "shop", version: "1", ...info },
    paths,
    components: { securitySchemes: schemes },
  };
}

const scheme = (type: string, more: object = {}) => ({
  type: "apiKey",
  in: "header",
  name: "Authorization",
  "x-apigateway-auth-type": type,
  ...more,
});

const schemes = {
  app: scheme("AppSigv1"),
  code: scheme("AppSigv1", { "x-apigateway-auth-opt": { "appcode-auth-type": "header" } }),
  iam: scheme("IAM"),
};

function operationObject({ name, backend = "/", auth = "none", params = [], remark, ...flags }: Spec) {
  return {
    ...(name !== undefined && { operationId: name }),
    ...(remark !== undefined && { description: remark }),
    security: auth === "none" ? [] : [{ [auth]: [] }],
    ...(flags.prefix && { "x-apigateway-match-mode": "SWA" }),
    ...(flags.hidden && { "x-apigateway-request-type": "private" }),
    ...(flags.cors && { "x-apigateway-cors": true }),
    parameters: params.map((param) => ({ name: param, in: "query", schema: { type: "string" } })),
    responses: { 200: { description: "fine" } },
    "x-apigateway-backend": {
      type: "HTTP",
      httpEndpoints: { address: "127.0.0.1:1", scheme: "http", method: "GET", path: backend, timeout: 100 },
    },
  };
}

/** The body of CreateApiV2 that makes what this operation describes: someone else's API. */
export function apiBody(groupId: string, { name, ...operation }: Spec) {
  const { method, path, backend = "/", auth = "none", params = [] } = operation;
  return {
    group_id: groupId,
    name: name ?? `theirs-${method}-${path.replace(/\W/g, "-")}`,
    type: operation.hidden ? 2 : 1,
    req_protocol: "HTTPS",
    req_method: method,
    req_uri: path,
    match_mode: operation.prefix ? "SWA" : "NORMAL",
    cors: operation.cors ?? false,
    remark: operation.remark ?? "",
    auth_type: { none: "NONE", app: "APP", code: "APP", iam: "IAM" }[auth],
    auth_opt: { app_code_auth_type: auth === "code" ? "HEADER" : "DISABLE" },
    req_params: params.map((param) => ({ name: param, type: "STRING", location: "QUERY", required: 2 })),
    backend_type: "HTTP",
    backend_api: {
      req_protocol: "HTTP",
      req_method: "GET",
      req_uri: backend,
      url_domain: "127.0.0.1:1",
      timeout: 100,
    },
  };
}

/** An API as the simulator holds it. */
export interface Row extends Required<Spec> {
  readonly id: string;
  readonly groupId: string;
  readonly name: string;
}

/** The fields of an API that tests vary. Mock back ends have no address. */
type Made = ReturnType<typeof apiBody>;
type ApiBody = Omit<Made, "backend_api"> & Partial<Pick<Made, "backend_api">>;

interface State {
  readonly apig: Record<
    string,
    {
      readonly groups: Record<string, { id: string; name: string; remark: string }>;
      readonly apis: Record<string, { id: string; definition: ApiBody }>;
      readonly versions: Record<string, { apiId: string; current: boolean }>;
    }
  >;
}

/** The objects of the simulator's first instance, read from its state without a client. */
export async function truth(simulator: TestSimulator) {
  const { projectId, instanceId } = simulator.info;
  const state = (await simulator.control.state()) as unknown as State;
  const instance = state.apig[`${projectId}/${instanceId}`];
  if (instance === undefined) throw new Error("the simulator has no such instance");
  const all = Object.values(instance.apis).map(({ id, definition }): Row => ({ id, ...specOf(definition) }));
  return {
    /** The groups beside the one that every instance comes with. */
    groups: Object.values(instance.groups).filter(({ name }) => name !== "DEFAULT"),
    /** The APIs of a group, or of all. */
    rows: (groupId?: string): Row[] => all.filter((row) => groupId === undefined || row.groupId === groupId),
    published: Object.values(instance.versions).flatMap(({ apiId, current }) => (current ? [apiId] : [])),
  };
}

function specOf(api: ApiBody): Omit<Row, "id"> {
  const appCode = api.auth_opt.app_code_auth_type === "HEADER";
  return {
    groupId: api.group_id,
    method: api.req_method,
    path: api.req_uri,
    name: api.name,
    backend: api.backend_api?.req_uri ?? api.backend_type,
    auth: appCode ? "code" : ({ NONE: "none", APP: "app", IAM: "iam" } as const)[api.auth_type as "NONE"],
    params: api.req_params.map(({ name }) => name),
    prefix: api.match_mode === "SWA",
    hidden: api.type === 2,
    cors: api.cors,
    remark: api.remark,
  };
}

/** The API that an operation becomes, with defaults for all absent parts. */
export function full(operation: Spec): Required<Spec> {
  return {
    name: undefined,
    backend: "/",
    auth: "none",
    params: [],
    prefix: false,
    hidden: false,
    cors: false,
    remark: "",
    ...operation,
  };
}
