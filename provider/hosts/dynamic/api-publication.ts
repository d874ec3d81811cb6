import type * as pulumi from "@pulumi/pulumi";
import type { ApiPublicationInputs, PublishedApi } from "../../resources/api-publication/inputs";
import { publishedApiIds } from "../../resources/api-publication/same-apis";
import type { Inputs } from "./inputs";
import { ApigResource } from "./resource";

/** Inputs of {@link ApiPublication}. */
export type ApiPublicationArgs = Inputs<ApiPublicationInputs>;

const declared = {
  type: "ApiPublication",
  outputs: ["envId", "groupId", "apiIds", "published", "instanceId"],
} as const;

/**
 * Publishes APIs in an environment, so that they can be called. `BatchPublishOrOfflineApiV2`, up to 1,000 APIs a call.
 *
 * If some APIs cannot be published, an error lists their names and the reasons. The others are published, and the next
 * update publishes the rest.
 *
 * ```ts
 * const published = new apig.ApiPublication("shop", {
 *   envId: release.envId,
 *   groupId: shop.groupId,
 *   triggers: shop.operations, // published again whenever an operation changes
 * });
 * ```
 *
 * Id: `instance/environment/group`.
 */
export class ApiPublication extends ApigResource {
  /** The environment. */
  declare readonly envId: pulumi.Output<string>;
  /** The group whose APIs are published, if the inputs name a group. */
  declare readonly groupId: pulumi.Output<string | undefined>;
  /** The APIs to publish, sorted, if the inputs list them. */
  declare readonly apiIds: pulumi.Output<string[] | undefined>;
  /** What is published, sorted by API. */
  declare readonly published: pulumi.Output<PublishedApi[]>;
  /** The APIG instance. */
  declare readonly instanceId: pulumi.Output<string>;

  constructor(name: string, args: ApiPublicationArgs, opts?: pulumi.CustomResourceOptions) {
    super(declared, name, args, opts);
  }

  /** Ids of the APIs that are published, sorted: what an `AppAuthorization` takes. */
  get publishedApiIds(): pulumi.Output<string[]> {
    return this.published.apply(publishedApiIds);
  }
}
