/** The engine that started this process: what it is told, and whether it is still there. */
import { AsyncLocalStorage } from "node:async_hooks";
import { connect } from "node:net";
import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** How often the engine is looked for, and how often in a row it may be missing, in milliseconds and times. */
const LOOK = 1_000;
const MISSED = 2;

export class Engine {
  readonly #client: EngineClient;
  /** The resource that a call is about. */
  readonly #about = new AsyncLocalStorage<string>();

  constructor(private readonly address: string) {
    this.#client = new EngineClient(address, credentials.createInsecure());
  }

  /** Runs a call; what is logged meanwhile stands at this resource. */
  during<Answer>(urn: string, run: () => Promise<Answer>): Promise<Answer> {
    return this.#about.run(urn, run);
  }

  warn(message: string): void {
    const request = new LogRequest().setSeverity(LogSeverity.WARNING).setMessage(message);
    // An engine that does not listen any more ends this process soon.
    this.#client.log(request.setUrn(this.#about.getStore() ?? ""), () => undefined);
  }

  /** Calls back when the engine is gone: killed, it ends nobody. */
  watch(gone: () => void): void {
    let missed = 0;
    const [host = "", port = ""] = this.address.split(/:(?=\d+$)/);
    const timer = setInterval(() => {
      const socket = connect({ host, port: Number(port) });
      socket.once("connect", () => {
        missed = 0;
        socket.destroy();
      });
      socket.once("error", () => {
        missed += 1;
        if (missed === MISSED) gone();
      });
    }, LOOK);
    timer.unref();
  }
}
