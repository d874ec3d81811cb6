import { z } from "zod";
import { adoptInput, type Adopt } from "../shared/adopt-input";
import { idInput, idListInput } from "../shared/id-list";
import { instanceInput, placeInputs, type RecordedPlace } from "../shared/place";
import { driftInput } from "../shared/drift";

/** Inputs of an {@link AppAuthorization}. */
export interface AppAuthorizationInputs {
  /** Id of the environment. A change replaces. */
  envId: string;
  /** Ids of the apps, at least one. */
  appIds: string[];
  /**
   * Ids of the APIs that each of the apps may call, at least one. They must have app authentication and be published in
   * the environment: take the ids from an `ApiPublication`, or name it in `dependsOn`.
   */
  apiIds: string[];
  /**
   * Whether APIs without app authentication are left out, so that one public operation does not fail the authorization of
   * all others of its group. Default: false.
   */
  skipOpen?: boolean;
  /**
   * Takes over authorizations that exist already: they are cancelled with this resource; `"only"` fails if one is missing. Without
   * `adopt` they stay when the resource goes. Nobody can see whether another stack has them, too. Default: false.
   */
  adopt?: Adopt;
  /** The APIG instance. Default: `huaweicloud:instanceId`. A change replaces. */
  instanceId?: string;
}

/** The permission of one app to call one API. */
export interface GrantedAuthorization {
  /** Id of the authorization. */
  id: string;
  /** Id of the app. */
  appId: string;
  /** Id of the API. */
  apiId: string;
  /** Whether somebody else had granted it before: then it stays granted when this resource is deleted. */
  stoodBefore?: boolean;
}

/** @internal */
export const inputs = z.object({
  ...placeInputs,
  ...instanceInput,
  ...driftInput,
  envId: idInput,
  appIds: idListInput("app"),
  apiIds: idListInput("API"),
  skipOpen: z.boolean().optional(),
  ...adoptInput,
});

/** @internal */
export type Args = z.infer<typeof inputs>;
/** @internal */
export type State = Args &
  RecordedPlace & {
    readonly authorizations: readonly GrantedAuthorization[];
    /** Ids of APIs that were left out, because they have no app authentication. */
    readonly skipped?: readonly string[] | undefined;
  };
