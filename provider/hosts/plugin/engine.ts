/** The engine as the plugin talks to it: warnings, at the resource that they are about. */
import { AsyncLocalStorage } from "node:async_hooks";
import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

export class Engine {
  readonly #client: EngineClient;
  /** The resource that a call is about. */
  readonly #about = new AsyncLocalStorage<string>();

  constructor(address: string) {
    this.#client = new EngineClient(address, credentials.createInsecure());
  }

  /** Runs a call; what is logged meanwhile stands at this resource. */
  during<Answer>(urn: string, run: () => Promise<Answer>): Promise<Answer> {
    return this.#about.run(urn, run);
  }

  /** @returns when the engine has it */
  warn(message: string): Promise<void> {
    const request = new LogRequest().setSeverity(LogSeverity.WARNING).setMessage(message);
    return new Promise((resolve) => {
      // An engine that does not listen any more ends this process soon.
      this.#client.log(request.setUrn(this.#about.getStore() ?? ""), () => {
        resolve();
      });
    });
  }
}
