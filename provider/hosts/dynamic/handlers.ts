/**
 * What shells load by name, in the provider process: one handler per resource type. The path `pulumi-apig/handlers`
 * and the names below stand in users' states and stay for ever.
 */
import { Claims } from "../../lifecycle/claims";
import { apiImport } from "../../resources/api-import/resource";
import { apiPublication } from "../../resources/api-publication/resource";
import { app } from "../../resources/app/resource";
import { appAuthorization } from "../../resources/app-authorization/resource";
import { appCode } from "../../resources/app-code/resource";
import { bkciCredential } from "../../resources/bkci-credential/resource";
import { environment } from "../../resources/environment/resource";
import { secretTagQuery } from "../../resources/secret-tag-query/resource";
import { Connection } from "../../settings/connection";
import { loadSettings } from "../../settings/settings";
import { EngineRun } from "../engine/run";
import { isTargetedUpdate } from "../engine/targeted";
import { implement, type ConfigureRequest, type Handler, type Host } from "./handler";
import type { TypeName } from "./shells";

export type Handlers = Readonly<Record<TypeName, Handler>>;

/** All shells of a process get the same configuration, so the first one to be configured speaks for all. */
class ProcessHost implements Host {
  /** The engine gives its own address as the only argument. */
  readonly claims = new Claims(process.argv[2] === undefined ? undefined : new EngineRun(process.argv[2]));
  #connect: (() => Connection) | undefined;
  #targeted: boolean | undefined;

  configure({ config }: ConfigureRequest): void {
    let connection: Connection | undefined;
    // Made at first use, so that wrong settings fail each call that needs them and not only the first.
    this.#connect ??= () => (connection ??= new Connection(loadSettings((key) => config.get(key), process.env)));
  }

  connection(): Connection {
    if (!this.#connect) throw new Error("pulumi-apig was called before it was configured.");
    return this.#connect();
  }

  isTargeted(): boolean {
    return (this.#targeted ??= isTargetedUpdate());
  }
}

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
} = makeHandlers(new ProcessHost());
