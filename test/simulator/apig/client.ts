import { request } from "node:http";
import { text } from "node:stream/consumers";
import { openSimulator, type TestSimulator } from "../open";

/** The fields of an answer's body. Each test says what it expects of them. */
type Fields = Readonly<Record<string, unknown>>;

/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  readonly body: Fields;
}

interface Call {
  readonly headers?: Record<string, string>;
  readonly projectId?: string;
  readonly instanceId?: string;
}

export const releaseId = "DEFAULT_ENVIRONMENT_RELEASE_ID";

/** Body of the page's own refusal of a parameter. */
export const invalid = (parameter: string) => ({
  error_code: "APIG.2012",
  error_msg: `Invalid parameter value,parameterName:${parameter}. Please refer to the support documentation`,
});

/** Raw HTTP calls to a simulator's APIG and gateway, without a client library. */
export class Apig {
  private constructor(readonly simulator: TestSimulator) {}

  /** `data` is a folder in which the state is saved. */
  static async open(data?: string): Promise<Apig> {
    return new Apig(await openSimulator(data === undefined ? {} : { data }));
  }

  get control(): TestSimulator["control"] {
    return this.simulator.control;
  }

  close(): Promise<void> {
    return this.simulator.close();
  }

  /** Calls below the instance, with the ready token. */
  async call(method: string, path: string, body?: unknown, call: Call = {}): Promise<Answer> {
    const json = body === undefined ? {} : { "content-type": "application/json;charset=utf-8" };
    return this.send(method, path, body === undefined ? undefined : JSON.stringify(body), {
      ...call,
      headers: { ...json, ...call.headers },
    });
  }

  /** Imports a file; an object is sent as JSON. Fields go before or after the file part. */
  async import(fields: Record<string, string>, file?: object | string, call: Call = {}): Promise<Answer> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    if (file !== undefined) {
      form.set("file_name", new Blob([typeof file === "string" ? file : JSON.stringify(file)]), "definition.json");
    }
    return this.send("POST", "/openapi/import", form, call);
  }

  private async send(method: string, path: string, body: string | FormData | undefined, call: Call): Promise<Answer> {
    const { info } = this.simulator;
    const { projectId = info.projectId, instanceId = info.instanceId } = call;
    const response = await fetch(`${info.apig}/v2/${projectId}/apigw/instances/${instanceId}${path}`, {
      method,
      headers: { "x-auth-token": info.token, ...call.headers },
      ...(body === undefined ? {} : { body }),
    });
    const answer = await response.text();
    return { status: response.status, body: (answer === "" ? {} : JSON.parse(answer)) as Fields };
  }

  /** Creates an object and returns it. Throws if the call fails. */
  async make(path: string, body: unknown): Promise<Fields & { id: string }> {
    const answer = await this.call("POST", path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as Fields & { id: string };
  }

  /** Calls a published API; the host is the group's sub domain unless given. */
  async visit(
    groupId: string,
    path: string,
    visit: { method?: string; headers?: Record<string, string>; body?: string } = {},
  ): Promise<{ status: number; text: string; headers: Record<string, unknown> }> {
    return new Promise((resolve, reject) => {
      const outgoing = request(this.simulator.info.gateway + path, {
        method: visit.method ?? "GET",
        headers: { host: `${groupId}.apic.localhost`, ...visit.headers },
      });
      outgoing.once("error", reject);
      outgoing.once("response", (incoming) => {
        text(incoming).then(
          (body) => resolve({ status: incoming.statusCode ?? 0, text: body, headers: incoming.headers }),
          reject,
        );
      });
      outgoing.end(visit.body);
    });
  }
}

/** A body of CreateApiV2 with a mock back end. */
export const mockApi = (groupId: string, fields: Record<string, unknown> = {}) => ({
  group_id: groupId,
  name: "API_demo",
  type: 1,
  req_protocol: "HTTPS",
  req_method: "GET",
  req_uri: "/test/demo",
  auth_type: "NONE",
  backend_type: "MOCK",
  mock_info: { result_content: "mocked" },
  ...fields,
});

/** The fields of such a body, but with a back end at an address, `host:port`. */
export const httpBackend = (address: string, fields: Record<string, unknown> = {}) => ({
  backend_type: "HTTP",
  mock_info: undefined,
  backend_api: {
    url_domain: address,
    req_protocol: "HTTP",
    req_method: "ANY",
    req_uri: "/b",
    timeout: 5000,
    ...fields,
  },
});

/** A definition file with these operations, each `"GET /pets": {…}`; without a back end they get a mock. */
export function definition(operations: Record<string, object>, fields: Record<string, unknown> = {}) {
  const paths: Record<string, Record<string, object>> = {};
  for (const [key, operation] of Object.entries(operations)) {
    const [method = "", path = ""] = key.split(" ");
    const backend = { type: "MOCK", mockEndpoints: { "result-content": "mocked" } };
    paths[path] = {
      ...paths[path],
      [method === "ANY" ? "x-apigateway-any-method" : method.toLowerCase()]: {
        responses: {},
        "x-apigateway-backend": backend,
        ...operation,
      },
    };
  }
  return { openapi: "3.0.3", info: { title: "Pets", version: "1" }, paths, ...fields };
}
