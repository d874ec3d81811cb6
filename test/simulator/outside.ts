import type { Info } from "./core/simulator";

/** Another user of the same instance: makes drift, and reads the objects without our client. */
export class Outside {
  constructor(private readonly info: Info) {}

  /** Calls APIG below the first project's instance: `call("GET", "/apps")`. */
  apig<Answer = unknown>(method: string, path: string, body?: unknown): Promise<Answer> {
    const { apig, projectId, instanceId } = this.info;
    return this.#call(method, `${apig}/v2/${projectId}/apigw/instances/${instanceId}${path}`, body);
  }

  /** Names of the groups, APIs and apps that users have made. */
  async names(): Promise<string[]> {
    const kinds = ["groups", "apis", "apps"] as const;
    const lists = kinds.map(async (kind) => {
      const path = kind === "groups" ? "/api-groups" : `/${kind}`;
      return (await this.apig<Record<typeof kind, { name: string }[]>>("GET", path))[kind];
    });
    return (await Promise.all(lists)).flat().flatMap(({ name }) => (name === "DEFAULT" ? [] : [name]));
  }

  async #call<Answer>(method: string, url: string, body?: unknown): Promise<Answer> {
    const response = await fetch(url, {
      method,
      headers: { "x-auth-token": this.info.token, ...(body !== undefined && { "content-type": "application/json" }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as Answer;
  }
}
