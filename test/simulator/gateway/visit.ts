import { request, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import type { Info } from "../core/simulator";

export interface Visit {
  readonly groupId: string;
  readonly path: string;
  /** Name of the environment. Default: `RELEASE`. */
  readonly stage?: string;
  /** The AppCode. Default: a call without one. */
  readonly code?: string;
  /** Default: `GET`. */
  readonly method?: string;
  /** JSON. Default: no body. */
  readonly body?: object;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Calls a published API through the gateway, as its users do. */
export async function visit(
  { gateway }: Info,
  { groupId, path, stage, code, method = "GET", body }: Visit,
): Promise<Answer> {
  const headers = {
    host: `${groupId}.apic.localhost`, // fetch would not let us set it
    ...(stage !== undefined && { "x-stage": stage }),
    ...(code !== undefined && { "x-apig-appcode": code }),
    ...(body !== undefined && { "content-type": "application/json" }),
  };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sending = request(gateway + path, { method, headers }, resolve).once("error", reject);
    sending.end(body && JSON.stringify(body));
  });
  return { status: response.statusCode ?? 0, body: await text(response) };
}

/**
 * The same for a new API or code, which the gateway knows some seconds later.
 * @param onWait called once when the first call is refused
 * @returns the first answer 200, or the last one after half a minute
 */
export async function visitNew(info: Info, call: Visit, onWait: () => void): Promise<Answer> {
  let answer = await visit(info, call);
  if (answer.status !== 200) onWait();
  for (let tries = 0; answer.status !== 200 && tries < 60; tries++) {
    await sleep(500);
    answer = await visit(info, call);
  }
  return answer;
}
