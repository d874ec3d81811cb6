import axios from "axios";
import type { CallArguments, Caller, Operation } from "./http/operation";
import { demand, type Settings } from "./settings";

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

/** Everything needed to call the services with one set of settings. Cheap to make; tokens and limits live as long as it does. */
export class Connection {
  constructor(
    readonly settings: Settings,
    readonly runtime: Partial<Runtime> = {},
  ) {}

  /** Region and project by the settings alone: no network. A project named like the region is the default. */
  declaredPlace(): DeclaredPlace {
    const { huaweicloud } = this.settings;
    const region = demand(huaweicloud.region, "huaweicloud:region", "to find the service hosts");
    if (huaweicloud.projectId !== undefined) return { region, projectId: huaweicloud.projectId };
    return { region, projectName: huaweicloud.projectName ?? region };
  }

  /** The declared place with its project id, looked up in IAM once when the settings only name the project. */
  resolvePlace(): Promise<Place> {
    const { region, projectId } = this.declaredPlace();
    return Promise.resolve({ region, projectId: demand(projectId, "huaweicloud:projectId", "to address the project") });
  }

  /** Calls APIG, CSMS and IAM in this place. */
  huawei(place: Place): Caller {
    const { endpoints } = this.settings.huaweicloud;
    return caller((service) => endpoints[service as "apig"] ?? "", place.projectId);
  }

  /** Calls BK-CI. */
  bkci(): Caller {
    return caller(() => demand(this.settings.bkci.endpoint, "bkci:endpoint", "to call BK-CI"), "");
  }
}

function caller(root: (service: string) => string, projectId: string): Caller {
  return {
    async call<Response>(operation: Operation<Response>, args: CallArguments = {}) {
      const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
        encodeURIComponent(name === "project_id" ? projectId : (args.path?.[name] ?? "")),
      );
      const url = root(operation.service) + path.slice(1);
      const answer = await axios.request<unknown>({
        url,
        method: operation.method,
        data: args.body,
        params: args.query,
      });
      return operation.response.parse(answer.data);
    },
  };
}
