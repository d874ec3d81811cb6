/** The provider protocol: each call read, given to a resource type or a function, and answered. */
import { status, type sendUnaryData, type ServerUnaryCall, type UntypedServiceImplementation } from "@grpc/grpc-js";
import type { Message } from "google-protobuf";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { isDeepStrictEqual } from "node:util";
import type { Surroundings } from "../../lifecycle/contract";
import type { CheckFailure } from "../../lifecycle/validate";
import { failureOf, halfMade, RefusedCall } from "./answers";
import { checkConfig, lookupIn } from "./config";
import type { Engine } from "./engine";
import { functions } from "./functions";
import type { PluginResource } from "./resource";
import { pluginResources } from "./types";
import { propertiesOf, structOf } from "./wire";
import type { Lookup } from "../../settings/settings";

/** What the service needs of its process. */
export interface PluginProcess extends Surroundings {
  configure(config: Lookup): void;
  /** Ends waits, and says what is left to do. */
  cancel(): Promise<void>;
  /** The engine that started the process, or one that attached to it. */
  readonly engine: Engine | undefined;
  attach(address: string): void;
}

/** A request about one resource. */
interface About {
  getUrn(): string;
  getType(): string;
}

type Answering<Request, Answer> = (request: Request) => Promise<Answer> | Answer;

/** @param schema of the package, as JSON */
export function serviceOf(process: PluginProcess, schema: string): UntypedServiceImplementation {
  const resources = pluginResources(process);

  const during = <Answer>(urn: string, run: () => Promise<Answer>): Promise<Answer> =>
    process.engine === undefined ? run() : process.engine.during(urn, run);

  /** Runs a call about a resource. */
  const about = <Request extends About, Answer>(
    run: (resource: PluginResource, request: Request) => Promise<Answer>,
  ): Answering<Request, Answer> => {
    return (request) => {
      const type = request.getType() || typeIn(request.getUrn());
      const resource = resources.get(type);
      if (resource === undefined) {
        const known = [...resources.keys()].join(", ");
        throw new RefusedCall(status.UNIMPLEMENTED, `pulumi-apig has no resource type ${type}; there are ${known}`);
      }
      return during(request.getUrn(), () => run(resource, request));
    };
  };

  return served({
    handshake: () => new rpc.ProviderHandshakeResponse(),
    attach: (request: PluginAttach) => {
      process.attach(request.getAddress());
      return new Empty();
    },
    cancel: async () => {
      await process.cancel();
      return new Empty();
    },
    getPluginInfo: () => new PluginInfo().setVersion((JSON.parse(schema) as { version: string }).version),
    getSchema: () => new rpc.GetSchemaResponse().setSchema(schema),

    checkConfig: (request: rpc.CheckRequest) =>
      new rpc.CheckResponse()
        .setInputs(request.getNews())
        .setFailuresList(failuresOf(checkConfig(propertiesOf(request.getNews())))),

    // A new place replaces resources, not the provider: each of them knows the one it is in.
    diffConfig: (request: rpc.DiffRequest) => {
      const [old, now] = [propertiesOf(request.getOldInputs()), propertiesOf(request.getNews())];
      const { DIFF_NONE, DIFF_SOME } = rpc.DiffResponse.DiffChanges;
      return new rpc.DiffResponse().setChanges(isDeepStrictEqual(old, now) ? DIFF_NONE : DIFF_SOME);
    },

    configure: (request: rpc.ConfigureRequest) => {
      process.configure(lookupIn(propertiesOf(request.getArgs())));
      return new rpc.ConfigureResponse().setSupportspreview(true);
    },

    invoke: async (request: rpc.InvokeRequest) => {
      const invoked = functions.get(request.getTok());
      if (invoked === undefined) {
        const known = [...functions.keys()].join(", ");
        throw new RefusedCall(
          status.UNIMPLEMENTED,
          `pulumi-apig has no function ${request.getTok()}; there are ${known}`,
        );
      }
      const found = await invoked(propertiesOf(request.getArgs()), process.connection());
      return new rpc.InvokeResponse().setReturn(structOf({ ...found }));
    },

    check: about(async (resource, request: rpc.CheckRequest) => {
      const { inputs, failures } = await resource.check(
        propertiesOf(request.getOlds()),
        propertiesOf(request.getNews()),
      );
      return new rpc.CheckResponse()
        .setInputs(structOf(inputs, resource.secrets))
        .setFailuresList(failuresOf(failures));
    }),

    diff: about(async (resource, request: rpc.DiffRequest) => {
      const found = await resource.diff(
        request.getId(),
        propertiesOf(request.getOlds()),
        propertiesOf(request.getNews()),
      );
      return differenceOf(found);
    }),

    create: about(async (resource, request: rpc.CreateRequest) => {
      const inputs = propertiesOf(request.getProperties());
      if (request.getPreview()) {
        return new rpc.CreateResponse().setProperties(structOf(resource.previewCreate(inputs), resource.secrets));
      }
      const made = await resource.create(inputs);
      if (made.failure !== undefined) throw halfMade(made, resource.secrets);
      return new rpc.CreateResponse().setId(made.id).setProperties(structOf(made.state, resource.secrets));
    }),

    read: about(async (resource, request: rpc.ReadRequest) => {
      const [state, inputs] = [propertiesOf(request.getProperties()), propertiesOf(request.getInputs())];
      const seen = await resource.read(request.getId(), state, inputs);
      if (seen === undefined) return new rpc.ReadResponse();
      return new rpc.ReadResponse()
        .setId(request.getId())
        .setProperties(structOf(seen.state, resource.secrets))
        .setInputs(structOf(seen.inputs, resource.secrets));
    }),

    update: about(async (resource, request: rpc.UpdateRequest) => {
      const [id, state, inputs] = [request.getId(), propertiesOf(request.getOlds()), propertiesOf(request.getNews())];
      const answer = (properties: Struct) => new rpc.UpdateResponse().setProperties(properties);
      if (request.getPreview()) {
        return answer(structOf(await resource.previewUpdate(id, state, inputs), resource.secrets));
      }
      const made = await resource.update(id, state, inputs);
      if (made.failure !== undefined) throw halfMade(made, resource.secrets);
      return answer(structOf(made.state, resource.secrets));
    }),

    delete: about(async (resource, request: rpc.DeleteRequest) => {
      await resource.delete(request.getId(), propertiesOf(request.getProperties()));
      return new Empty();
    }),
  });
}

function differenceOf(found: Awaited<ReturnType<PluginResource["diff"]>>): rpc.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = rpc.DiffResponse.DiffChanges;
  const answer = new rpc.DiffResponse()
    .setChanges(found.changes.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setReplacesList([...found.replaces])
    .setDeletebeforereplace(found.deleteBeforeReplace)
    .setHasdetaileddiff(true);
  for (const { path, kind, replaces } of found.changes) {
    const name = `${kind.toUpperCase()}${replaces ? "_REPLACE" : ""}` as keyof typeof rpc.PropertyDiff.Kind;
    answer.getDetaileddiffMap().set(path, new rpc.PropertyDiff().setKind(rpc.PropertyDiff.Kind[name]));
  }
  return answer;
}

function failuresOf(failures: readonly CheckFailure[]): rpc.CheckFailure[] {
  return failures.map(({ property, reason }) => new rpc.CheckFailure().setProperty(property).setReason(reason));
}

/** The type in a URN, `urn:pulumi:stack::project::parent$type::name`. */
function typeIn(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

/** Calls as grpc wants them: an answer or a failure is called back. */
function served(calls: Record<string, Answering<never, Message>>): UntypedServiceImplementation {
  return Object.fromEntries(
    Object.entries(calls).map(([name, run]) => [
      name,
      (call: ServerUnaryCall<Message, Message>, done: sendUnaryData<Message>) => {
        void (async () => run(call.request as never))().then(
          (answer) => done(null, answer),
          (error: unknown) => done(failureOf(error)),
        );
      },
    ]),
  );
}
