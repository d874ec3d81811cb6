import type { ApiDefinition } from "../apig/schemas/api";
import type { Given, Incoming } from "./parameters";
import type { Target } from "./router";

/** What is sent to the back end besides method and body. */
export interface Outgoing {
  readonly path: ReadonlyMap<string, string>;
  readonly query: URLSearchParams;
  readonly headers: Headers;
}

/** Headers that go only from caller to gateway. The AppCode is a secret between them. */
const ownHeaders = ["host", "connection", "content-length", "transfer-encoding", "expect", "x-apig-appcode", "x-stage"];

/**
 * Parameters that are passed through keep their name and place; back-end parameters have their own. Headers that the API
 * does not declare are also sent, query parameters are not: the pages do not say what happens to them.
 */
export function mapParameters(target: Target, request: Incoming, given: readonly Given[]): Outgoing {
  const path = new Map<string, string>();
  const query = new URLSearchParams();
  const headers = new Headers(request.headers);
  for (const name of ownHeaders) headers.delete(name);
  const put = (location: string, name: string, values: readonly string[]): void => {
    if (location === "HEADER") headers.delete(name);
    if (location === "QUERY") query.delete(name);
    for (const value of values) {
      if (location === "PATH") path.set(name, value);
      else if (location === "QUERY") query.append(name, value);
      else headers.append(name, value);
    }
  };
  for (const { parameter, values } of given) {
    const { name, location, pass_through } = parameter;
    if (pass_through === 1) put(location, name, values);
    else if (location === "HEADER" && !/^content-type$/iu.test(name)) headers.delete(name);
  }
  for (const parameter of target.definition.backend_params) {
    const values = valuesOf(parameter, target, request, given);
    if (values.length > 0) put(parameter.location, parameter.name, values);
  }
  return { path, query, headers };
}

function valuesOf(
  { origin, value }: ApiDefinition["backend_params"][number],
  target: Target,
  request: Incoming,
  given: readonly Given[],
): readonly string[] {
  if (origin === "CONSTANT") return [value];
  if (origin === "REQUEST") return given.find(({ parameter }) => parameter.name === value)?.values ?? [];
  const known = systemParameters(target, request)[value.replace(/^\$context\./u, "")];
  return known === undefined ? [] : [known];
}

/** What the gateway knows about a call, by the guide's names. The id of the calling app is not sent here. */
const systemParameters = (target: Target, request: Incoming): Readonly<Record<string, string | undefined>> => ({
  sourceIp: request.sourceIp,
  stage: target.instance.environments.get(target.environmentId)?.name,
  apiId: target.apiId,
  requestId: request.requestId,
  serverAddr: "127.0.0.1",
  serverName: "simulator",
  handleTime: target.instance.time(),
});
