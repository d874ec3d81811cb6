/**
 * What shells load by name, in the provider process: one handler per resource type. The path `pulumi-apig/handlers`
 * and the names below stand in users' states and stay for ever.
 */
import { resourceTypes } from "../../resources/all";
import { ProviderProcess } from "../engine/process";
import { implement, type Handler, type Host } from "./handler";
import type { TypeName } from "./shells";

export type Handlers = Readonly<Record<TypeName, Handler>>;

/**
 * Makes the handlers around one host: the process's own, or one that a test holds.
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
