/**
 * One handler for each resource type. Shells load them by name in the provider process. The path `pulumi-apig/handlers`
 * and the names below are written in users' states, so they never change.
 */
import { resourceTypes } from "../../resources/all";
import { ProviderProcess } from "../engine/process";
import { implement, type Handler, type Host } from "./handler";
import type { TypeName } from "./shells";

export type Handlers = Readonly<Record<TypeName, Handler>>;

/**
 * Makes the handlers for one host: this process, or a host of a test.
 *
 * @internal
 */
export function makeHandlers(host: Host): Handlers {
  const handlers = Object.entries(resourceTypes).map(([name, type]) => [name, implement<never, never>(type, host)]);
  return Object.fromEntries(handlers) as Handlers;
}

export const {
  App,
  AppCode,
  ApiImport,
  Environment,
  ApiPublication,
  AppAuthorization,
  BkciCredential,
  SecretTagQuery,
} = makeHandlers(new ProviderProcess());
