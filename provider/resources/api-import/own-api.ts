import { authenticationOf, type ListedApi } from "../../clients/apig/apis";

/** An API that this resource made, changed or adopted, and therefore may delete. */
export interface OwnApi {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** What was done last. `create` and `update` come from the service; `adopt` means that it was taken over. */
  readonly action: string;
  readonly name: string;
  /** How callers prove who they are, from the list call: `APP+AppCode`. */
  readonly authentication: string;
}

/** Makes the record of an API from the list call. */
export function ownApi(api: ListedApi, action: string): OwnApi {
  const { id, req_method: method, req_uri: path, name } = api;
  return { id, method: method.toUpperCase(), path, action, name, authentication: authenticationOf(api) };
}
