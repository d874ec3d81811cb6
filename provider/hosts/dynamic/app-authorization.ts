import type * as pulumi from "@pulumi/pulumi";
import type { AppAuthorizationInputs, GrantedAuthorization } from "../../resources/app-authorization/inputs";
import type { Inputs } from "./inputs";
import { ApigResource } from "./resource";

/** Inputs of {@link AppAuthorization}. */
export type AppAuthorizationArgs = Inputs<AppAuthorizationInputs>;

const declared = {
  type: "AppAuthorization",
  outputs: ["envId", "appIds", "apiIds", "authorizations", "skipped", "instanceId"],
} as const;

/**
 * Which apps may call which APIs in an environment. `CreateAuthorizingAppsV2`, `ListApisBindedToAppV2` and
 * `CancelingAuthorizationV2`.
 *
 * If the service refuses some pairs (APIG.3015: the API is not published there), an error lists them. The others are
 * granted, and the next update grants the rest.
 *
 * ```ts
 * new apig.AppAuthorization("web", {
 *   envId: release.envId,
 *   appIds: [web.appId],
 *   apiIds: published.publishedApiIds,
 *   skipOpen: true,
 * });
 * ```
 *
 * Id: `instance/environment/app`, with more apps after commas.
 */
export class AppAuthorization extends ApigResource {
  /** The environment. */
  declare readonly envId: pulumi.Output<string>;
  /** The apps, sorted. */
  declare readonly appIds: pulumi.Output<string[]>;
  /** The APIs, sorted. */
  declare readonly apiIds: pulumi.Output<string[]>;
  /** What is granted, sorted by app and API. */
  declare readonly authorizations: pulumi.Output<GrantedAuthorization[]>;
  /** Ids of the APIs that `skipOpen` left out; absent without it. */
  declare readonly skipped: pulumi.Output<string[] | undefined>;
  /** The APIG instance. */
  declare readonly instanceId: pulumi.Output<string>;

  constructor(name: string, args: AppAuthorizationArgs, opts?: pulumi.CustomResourceOptions) {
    super(declared, name, args, opts);
  }
}
