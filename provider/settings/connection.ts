import { setTimeout as delay } from "node:timers/promises";
import { bkciAuthenticator } from "../auth/bkci";
import { HuaweiIdentity } from "../auth/huawei";
import { runCommand } from "../auth/run-command";
import { HttpCaller, type Shared } from "../http/caller";
import { ServiceClock } from "../http/clock";
import { regionalEndpoint } from "../http/endpoints";
import { ConcurrencyLimits } from "../http/concurrency";
import type { Caller, Service } from "../http/operation";
import { Secrets } from "../http/redact";
import { RetryBudget } from "../http/retry";
import { createTransport } from "../http/transport";
import { credentialVariables, spellKeys, whichCredentials } from "./keys";
import { demand, demandCredentials, secretsOf, SettingsError, spell, type Settings } from "./settings";

/** The place of a resource. It is recorded in state, and all later calls go there. */
export interface Place {
  readonly region: string;
  readonly projectId: string;
}

/** The place as the settings declare it, without a call to IAM. */
export interface DeclaredPlace {
  readonly region: string;
  readonly projectId?: string;
  readonly projectName?: string;
}

/** Time, random numbers and commands, so that tests can replace them. */
export interface Runtime {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Runs a command line and gives what it printed on standard output. */
  readonly runCommand: (command: string) => Promise<string>;
}

const realRuntime: Runtime = {
  now: Date.now,
  sleep: (milliseconds) => delay(milliseconds),
  random: Math.random,
  runCommand: (command) => runCommand(command, { hidden: credentialVariables }),
};

/**
 * Everything that is needed to call the services with one set of settings. It keeps tokens, project ids, limits and open
 * sockets, so a process has one connection for all its resources.
 */
export class Connection {
  /** Time and random numbers, for code that has to wait. */
  readonly runtime: Runtime;
  readonly #shared: Shared;
  #identity: HuaweiIdentity | undefined;
  #place: Promise<Place> | undefined;
  #bkci: Caller | undefined;
  readonly #advised = new Set<string>();

  /** @throws SettingsError when the CA file cannot be read */
  constructor(
    readonly settings: Settings,
    runtime: Partial<Runtime> = {},
  ) {
    this.runtime = { ...realRuntime, ...runtime };
    this.#shared = {
      ...this.runtime,
      http: createTransport(settings.http),
      limits: new ConcurrencyLimits(settings.http.maxConcurrency),
      budget: new RetryBudget(),
      clock: new ServiceClock(this.runtime.now),
      secrets: new Secrets(secretsOf(settings)),
      maxRetries: settings.http.maxRetries,
      aboutCredentials: whichCredentials,
      spellKeys,
    };
  }

  /** Adds secrets that services may quote from now on: messages mask them in texts of services. */
  keepSecrets(values: Iterable<string>): void {
    for (const value of values) this.#shared.secrets.add(value);
  }

  /** Whether this advice is given for the first time. */
  isNews(advice: string): boolean {
    return this.#advised.size < this.#advised.add(advice).size;
  }

  /** Region and project of the settings, without a call. Default project: the one with the region's name. */
  declaredPlace(): DeclaredPlace {
    const { huaweicloud } = this.settings;
    const region = demand(huaweicloud.region, "huaweicloud:region", "to find the service hosts");
    if (huaweicloud.projectId !== undefined) return { region, projectId: huaweicloud.projectId };
    return { region, projectName: huaweicloud.projectName ?? region };
  }

  /**
   * The declared place with its project id. If the settings have only the name, IAM is asked once.
   *
   * @throws SettingsError when there is no such project, or these credentials may not see it. Never `not-found`: that
   * would mean that an object is gone.
   */
  resolvePlace(): Promise<Place> {
    this.#place ??= this.#lookUpPlace().catch((error: unknown) => {
      // A failure is not kept: the next call asks again.
      this.#place = undefined;
      throw error;
    });
    return this.#place;
  }

  /** A caller for APIG, CSMS and IAM in this place, which may differ from the place of the settings. */
  huawei(place: Place): Caller {
    return new HttpCaller(this.#shared, {
      root: (service) => this.#root(service, place.region),
      path: { project_id: place.projectId },
      authenticator: this.#identify(place.region).authenticator(place.projectId),
      place: `project ${place.projectId} in region ${place.region}`,
    });
  }

  /**
   * A caller for BK-CI. It removes the envelope from the answers.
   *
   * @param server the server that is recorded for an object
   * @throws SettingsError when the settings are for another server, because their credentials must not be sent to this one
   */
  bkci(server?: string): Caller {
    const { bkci } = this.settings;
    const root = demand(bkci.endpoint, "bkci:endpoint", "to call BK-CI");
    if (server !== undefined && server !== root) {
      throw new SettingsError(
        `the object is recorded on the BK-CI server ${server}, but ${spell("bkci:endpoint")} is ${root}: set it and the ` +
          "credentials to those of the recorded server; if that server is gone for good, run `pulumi state delete`",
      );
    }
    if (this.#bkci !== undefined) return this.#bkci;
    const authenticator = bkciAuthenticator(bkci, {
      now: this.runtime.now,
      runCommand: this.runtime.runCommand,
      keepSecret: (token) => this.#shared.secrets.add(token),
    });
    return (this.#bkci = new HttpCaller(this.#shared, { root: () => root, path: {}, authenticator }));
  }

  async #lookUpPlace(): Promise<Place> {
    const { region, projectId, projectName = region } = this.declaredPlace();
    if (projectId !== undefined) return { region, projectId };
    const found = await this.#identify(region).projectId(projectName);
    if (found !== undefined) return { region, projectId: found };
    throw new SettingsError(
      `IAM shows no project called ${projectName} to these credentials. Check ${spell("huaweicloud:region")} and ` +
        `${spell("huaweicloud:projectName")}, or set ${spell("huaweicloud:projectId")}`,
    );
  }

  /** @param region region of the IAM host if the settings have neither a region nor an IAM address; any IAM host works */
  #identify(region: string): HuaweiIdentity {
    const root = this.#root("iam", this.settings.huaweicloud.region ?? region);
    this.#identity ??= new HuaweiIdentity(demandCredentials(this.settings), {
      iam: (authenticator) => new HttpCaller(this.#shared, { root: () => root, path: {}, authenticator }),
      now: this.runtime.now,
      keepSecret: (token) => this.#shared.secrets.add(token),
    });
    return this.#identity;
  }

  #root(service: Service, region: string): string {
    const { endpoints, authUrl, cloud } = this.settings.huaweicloud;
    if (service === "bkci") throw new TypeError("BK-CI is called through bkci()");
    return (service === "iam" ? authUrl : undefined) ?? endpoints[service] ?? regionalEndpoint(service, region, cloud);
  }
}
