/** Errors as the provider protocol carries them. */
import { Metadata, status } from "@grpc/grpc-js";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { Result } from "../../lifecycle/contract";
import { structOf } from "./wire";

/** What a call ends with that fails: a message, and perhaps a code and details of the protocol. */
export interface CallFailure {
  readonly code: status;
  readonly message: string;
  readonly metadata?: Metadata;
}

export class RefusedCall extends Error implements CallFailure {
  override readonly name = "RefusedCall";

  constructor(
    readonly code: status,
    message: string,
    readonly metadata: Metadata = new Metadata(),
  ) {
    super(message);
  }
}

/** An object that is half made: the engine records it, and finishes it through an update. */
export function halfMade({ id, state, failure = "" }: Result, secrets: readonly string[]): RefusedCall {
  const properties = structOf(state, secrets);
  const detail = new ErrorResourceInitFailed().setId(id).setProperties(properties).setReasonsList([failure]);
  const any = new Any();
  any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const answer = new Status().setCode(status.UNKNOWN).setMessage(failure);
  answer.addDetails(any);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(answer.serializeBinary()));
  return new RefusedCall(status.UNKNOWN, failure, metadata);
}

/** Any other error, with its message alone. */
export function failureOf(error: unknown): CallFailure {
  if (error instanceof RefusedCall) return error;
  return { code: status.UNKNOWN, message: error instanceof Error ? error.message : String(error) };
}
