/**
 * What shells load by name, in the provider process: one handler per resource type. The path `pulumi-apig/handlers`
 * and the names below stand in users' states and stay for ever.
 */
import { Connection } from "./connection";
import { EngineRun } from "./hosts/engine-run";
import { isTargetedUpdate } from "./hosts/targeted";
import { Claims } from "./lifecycle/claims";
import { implement, type ConfigureRequest, type Handler, type Host } from "./lifecycle";
import { app } from "./resources/app";
import { appCode } from "./resources/app-code";
import { apiImport } from "./resources/api-import";
import { apiPublication } from "./resources/api-publication";
import { appAuthorization } from "./resources/app-authorization";
import { bkciCredential } from "./resources/bkci-credential";
import { environment } from "./resources/environment";
import { secretTagQuery } from "./resources/secret-tag-query";
import { loadSettings } from "./settings";

export interface Handlers {
  readonly App: Handler;
  readonly AppCode: Handler;
  readonly ApiImport: Handler;
  readonly Environment: Handler;
  readonly ApiPublication: Handler;
  readonly AppAuthorization: Handler;
  readonly BkciCredential: Handler;
  readonly SecretTagQuery: Handler;
}

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
