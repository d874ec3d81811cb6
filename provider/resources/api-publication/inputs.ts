import { z } from "zod";
import { adoptInput, type Adopt } from "../shared/adopt-input";
import { idInput, idListInput } from "../shared/id-list";
import { instanceInput, placeInputs, type RecordedPlace } from "../shared/place";
import { driftInput } from "../shared/drift";

/** Inputs of an {@link ApiPublication}. Exactly one of `groupId` and `apiIds` is given. */
export interface ApiPublicationInputs {
  /** Id of the environment to publish in. A change replaces. */
  envId: string;
  /** Publishes all APIs of this group. A change replaces. */
  groupId?: string;
  /** Publishes these APIs. */
  apiIds?: string[];
  /**
   * Any values. When one changes, everything is published again. Give `apiImport.operations` to publish again whenever
   * an operation of an `ApiImport` changes.
   */
  triggers?: Record<string, string>;
  /**
   * Takes over publications that stand there already: they are not published again, unless this update changed their APIs, and
   * are taken offline with this resource; `"only"` fails if one is missing. Without `adopt` they stay when the resource goes.
   * Nobody can see whether another stack has them, too. Default: false.
   */
  adopt?: Adopt;
  /** The APIG instance. Default: `huaweicloud:instanceId`. A change replaces. */
  instanceId?: string;
}

/** An API that this resource published. */
export interface PublishedApi {
  /** Id of the API. */
  apiId: string;
  /**
   * Id of the publication; each publication has a new one. Absent after a failure, until the next update has published
   * the API.
   */
  publishId?: string;
  /** How callers of the API prove who they are: `NONE`, `APP`, `APP+AppCode`, `IAM` or `AUTHORIZER`. */
  authentication?: string;
  /**
   * Id of a publication that somebody else had made before. If there is one, the API stays published when this resource
   * is deleted.
   */
  stoodBefore?: string;
}

/** @internal */
export const inputs = z.object({
  ...placeInputs,
  ...instanceInput,
  ...driftInput,
  envId: idInput,
  groupId: idInput.optional(),
  apiIds: idListInput("API").optional(),
  triggers: z.record(z.string(), z.string()).optional(),
  ...adoptInput,
});

/** @internal */
export type Args = z.infer<typeof inputs>;
/** @internal */
export type State = Args & RecordedPlace & { readonly published: readonly PublishedApi[] };
