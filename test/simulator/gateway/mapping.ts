import type { ApiDefinition } from "../apig/schemas/api";
import type { Given, Incoming } from "./parameters";
import type { Target } from "./router";

/** What goes to the back end besides method and body. */
export interface Outgoing {
  readonly path: ReadonlyMap<string, string>;
  readonly query: URLSearchParams;
  readonly headers: Headers;
}

/** Headers between caller and gateway only; the AppCode is a secret of theirs. */
const ownHeaders = ["host", "connection", "content-length", "transfer-encoding", "expect", "x-apig-appcode", "x-stage"];

/**
 * Parameters that are passed through go on under their name and place, those of the back end as they say. Headers that
 * the API does not declare go on, query parameters do not: the pages say nothing about them.
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

/** What the gateway knows about a call, by the guide's names; which app calls it does not hand on here. */
const systemParameters = (target: Target, request: Incoming): Readonly<Record<string, string | undefined>> => ({
  sourceIp: request.sourceIp,
  stage: target.instance.environments.get(target.environmentId)?.name,
  apiId: target.apiId,
  requestId: request.requestId,
  serverAddr: "127.0.0.1",
  serverName: "simulator",
  handleTime: target.instance.time(),
});
