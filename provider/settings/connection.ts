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
import { credentialVariables, whichCredentials } from "./keys";
import { demand, demandCredentials, secretsOf, SettingsError, spell, type Settings } from "./settings";

/** Where a resource lives: recorded in state, and addressed ever after. */
export interface Place {
  readonly region: string;
  readonly projectId: string;
}

/** The place as far as the settings say it, without asking anyone. */
export interface DeclaredPlace {
  readonly region: string;
  readonly projectId?: string;
  readonly projectName?: string;
}

/** Time, chance and the outside world, so that tests can hold them. */
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
 * Everything needed to call the services with one set of settings. Tokens, project ids, limits and open sockets live
 * as long as it does, so a process keeps one for all its resources.
 */
export class Connection {
  /** Time and chance, for code that has to wait. */
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
    };
  }

  /** Takes note of secrets that the services may quote from now on: messages mask them in the words of a service. */
  keepSecrets(values: Iterable<string>): void {
    for (const value of values) this.#shared.secrets.add(value);
  }

  /** Whether this advice was not given yet. */
  isNews(advice: string): boolean {
    return this.#advised.size < this.#advised.add(advice).size;
  }

  /** Region and project by the settings alone: no network. A project named like the region is the default. */
  declaredPlace(): DeclaredPlace {
    const { huaweicloud } = this.settings;
    const region = demand(huaweicloud.region, "huaweicloud:region", "to find the service hosts");
    if (huaweicloud.projectId !== undefined) return { region, projectId: huaweicloud.projectId };
    return { region, projectName: huaweicloud.projectName ?? region };
  }

  /**
   * The declared place with its project id, asked from IAM once where the settings only name the project.
   *
   * @throws SettingsError when there is no such project, or these credentials may not see it. Never `not-found`, which
   * would make a resource believe that its object is gone.
   */
  resolvePlace(): Promise<Place> {
    this.#place ??= this.#lookUpPlace().catch((error: unknown) => {
      // A failure is no answer to keep: the next one may ask again.
      this.#place = undefined;
      throw error;
    });
    return this.#place;
  }

  /** Calls APIG, CSMS and IAM in this place, which may be another one than the settings declare. */
  huawei(place: Place): Caller {
    return new HttpCaller(this.#shared, {
      root: (service) => this.#root(service, place.region),
      path: { project_id: place.projectId },
      authenticator: this.#identify(place.region).authenticator(place.projectId),
      place: `project ${place.projectId} in region ${place.region}`,
    });
  }

  /**
   * Calls BK-CI. Its envelope is taken off the answers.
   *
   * @param server the one that an object is recorded on
   * @throws SettingsError when the settings are for another server: its credentials must not travel to that one
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

  /** @param region where IAM is asked if the settings name neither a region nor an address of it; any IAM host will do */
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
