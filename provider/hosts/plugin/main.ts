/** The plugin's process: serves the provider protocol on a free port, which it prints, until the engine is gone. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { logVerbosity, Server, ServerCredentials, setLogVerbosity } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { tellWarningsBy } from "../../lifecycle/warn";
import { ProviderProcess } from "../engine/process";
import { nameSettings } from "../../settings/keys";
import { Engine } from "./engine";
import { Pauses } from "./pauses";
import { serviceOf, type PluginProcess } from "./service";

/** A definition of 32 MB, and what a state makes of it. */
const LARGEST_MESSAGE = 400 * 1024 * 1024;

class Plugin extends ProviderProcess implements PluginProcess {
  #engine: Engine | undefined;

  constructor(
    address: string | undefined,
    private readonly pauses = new Pauses(),
  ) {
    super(address, { sleep: pauses.sleep });
    if (address !== undefined) this.#tell(new Engine(address));
  }

  get engine(): Engine | undefined {
    return this.#engine;
  }

  attach(address: string): void {
    this.#tell(new Engine(address));
    this.watch(address);
  }

  cancel(): Promise<void> {
    this.pauses.cancel();
    // The engine cancels its plugins also at the end of a run, and listens until they have answered.
    return this.claims.undone.tell();
  }

  #tell(engine: Engine): void {
    this.#engine = engine;
    tellWarningsBy((message) => engine.warn(message));
  }
}

/** @param address of the engine; none where somebody started the plugin by hand, to attach to it */
function main(address: string | undefined): void {
  // Else it prints its own lines beside ours.
  setLogVerbosity(logVerbosity.NONE);
  const server = new Server({
    "grpc.max_receive_message_length": LARGEST_MESSAGE,
    "grpc.max_send_message_length": LARGEST_MESSAGE,
  });
  // Beside this file, also in a bundle.
  const schema = readFileSync(join(__dirname, "schema.json"), "utf8");
  server.addService(ResourceProviderService, serviceOf(new Plugin(address), schema));
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error) {
      const reason = /\[([^[\]]*)\]/.exec(error.message)?.[1] ?? error.message;
      process.stderr.write(`pulumi-apig: the plugin cannot listen on 127.0.0.1: ${reason}\n`);
      process.exit(1);
    }
    process.stdout.write(`${port}\n`);
  });
}

nameSettings({ nameOf: (key) => `apig:${key.replace(":", ".")}`, options: "--path " });
main(process.argv[2]);
