/**
 * What shells load by name, in the provider process: one handler per resource type. The path `pulumi-apig/handlers`
 * and the names below stand in users' states and stay for ever.
 */
import { apiImport } from "../../resources/api-import/resource";
import { apiPublication } from "../../resources/api-publication/resource";
import { app } from "../../resources/app/resource";
import { appAuthorization } from "../../resources/app-authorization/resource";
import { appCode } from "../../resources/app-code/resource";
import { bkciCredential } from "../../resources/bkci-credential/resource";
import { environment } from "../../resources/environment/resource";
import { secretTagQuery } from "../../resources/secret-tag-query/resource";
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
  return {
    App: implement(app, host),
    AppCode: implement(appCode, host),
    ApiImport: implement(apiImport, host),
    Environment: implement(environment, host),
    ApiPublication: implement(apiPublication, host),
    AppAuthorization: implement(appAuthorization, host),
    BkciCredential: implement(bkciCredential, host),
    SecretTagQuery: implement(secretTagQuery, host),
  };
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
