import { randomBytes } from "node:crypto";
import type { dynamic } from "@pulumi/pulumi";

interface Inputs {
  readonly appId: string;
}

const hex = (bytes: number): string => randomBytes(bytes).toString("hex");

/** The same in each process: an input that differs from that of the last run would be an update. */
const place = { region: "sim-north-1", instanceId: "1".repeat(32), project: "2".repeat(32) };

const provider: dynamic.ResourceProvider<Inputs> = {
  check: (_olds, news) => Promise.resolve({ inputs: { ...news, ...place } }),
  create: ({ appId }) => {
    const { region, instanceId, project: projectId } = place;
    const made = { appCode: hex(32), createTime: "2026-01-01T00:00:00Z" };
    return Promise.resolve({
      id: `${instanceId}/${appId}/${hex(16)}`,
      outs: { region, projectId, ...made, stateVersion: 1 },
    });
  },
};

export = provider;
