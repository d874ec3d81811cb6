import { randomBytes } from "node:crypto";
import type { dynamic } from "@pulumi/pulumi";

const hex = (bytes: number): string => randomBytes(bytes).toString("hex");

const provider: dynamic.ResourceProvider<{ appId: string }> = {
  create: (inputs) =>
    Promise.resolve({
      id: `${hex(16)}/${inputs.appId}/${hex(16)}`,
      outs: { ...inputs, appCode: hex(32), createTime: "2026-01-01T00:00:00Z" },
    }),
};

export = provider;
