/** A proxy between a provider and the simulator. It can stop at an exact call, and can make calls wait. */
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { ConfigMap } from "@pulumi/pulumi/automation";
import type { TestSimulator } from "../simulator/open";

/** Where the proxy stops: at the n-th call from now, before the simulator gets it or after it took effect. */
export interface Cut {
  readonly nth: number;
  readonly effect: boolean;
  /** Called at that moment. The call never gets an answer. */
  readonly act: () => void;
}

/** Sends a call when it is its turn. */
export type Gate = (send: () => Promise<void>) => Promise<void>;

export class CallProxy {
  #calls = 0;
  #cut: Cut | undefined;

  private constructor(
    private readonly server: Server,
    private readonly target: string,
    private readonly gate: Gate,
  ) {}

  static async to({ info }: TestSimulator, gate: Gate = (send) => send()): Promise<CallProxy> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const proxy = new CallProxy(server, info.url, gate);
    server.on("request", (incoming, answer) => void proxy.#pass(incoming, answer));
    return proxy;
  }

  /** Stack configuration for the simulator, by way of this proxy. */
  config({ config }: Pick<TestSimulator, "config">): ConfigMap {
    const url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return Object.fromEntries(
      Object.entries(config).map(([key, row]) => [key, { ...row, value: row.value.replaceAll(this.target, url) }]),
    );
  }

  cutAt(cut: Cut | undefined): void {
    this.#calls = 0;
    this.#cut = cut;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  async #pass(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    this.#calls += 1;
    const cut = this.#cut?.nth === this.#calls ? this.#cut : undefined;
    const body = await buffer(incoming);
    if (cut && !cut.effect) {
      cut.act();
      return;
    }
    await this.gate(() => this.#send(incoming, body, answer, cut));
  }

  /** Ends when the call has been answered, one way or another. */
  #send(incoming: IncomingMessage, body: Buffer, answer: ServerResponse, cut: Cut | undefined): Promise<void> {
    const { method, headers, url = "" } = incoming;
    return new Promise((sent) => {
      const drop = () => {
        incoming.socket.destroy();
        sent();
      };
      const outgoing = request(`${this.target}${url}`, { method, headers }, (response) => {
        buffer(response).then((bytes) => {
          if (cut) cut.act();
          else answer.writeHead(response.statusCode ?? 500, response.headers).end(bytes);
          sent();
        }, drop);
      });
      outgoing.on("error", drop).end(body);
    });
  }
}
