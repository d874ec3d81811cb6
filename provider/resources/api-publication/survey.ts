/** The APIs that a publication is about, as one list call shows them. */
import { authenticationOf, listApis, publicationsOf } from "../../clients/apig/apis";
import type { PlacedInstance } from "../shared/place";
import type { PublishedApi } from "./inputs";

/** An API. `publishId` is its publication in the environment at the moment, if there is one. */
export interface Found {
  readonly name: string | undefined;
  readonly publishId: string | undefined;
  readonly authentication?: string;
}

export const nowhere: Found = { name: undefined, publishId: undefined };

export type FoundById = ReadonlyMap<string, Found>;

/**
 * Finds the APIs to publish (`wanted`), and all that the list call shows (`here`): those of the group, or those published
 * in the environment.
 */
export async function survey(
  instance: PlacedInstance,
  { envId, groupId, apiIds = [] }: { envId: string; groupId?: string | undefined; apiIds?: string[] | undefined },
): Promise<{ wanted: FoundById; here: FoundById }> {
  const listed = await listApis(instance, groupId === undefined ? { envId } : { groupId });
  const here = new Map(
    listed.map((api): [string, Found] => {
      const publication = publicationsOf(api).find((each) => each.envId === envId);
      return [api.id, { name: api.name, publishId: publication?.publishId, authentication: authenticationOf(api) }];
    }),
  );
  if (groupId !== undefined) return { wanted: here, here };
  return { wanted: new Map(apiIds.map((apiId) => [apiId, here.get(apiId) ?? nowhere])), here };
}

/** What is published, as it is recorded. */
export function publishedOf(found: FoundById): PublishedApi[] {
  return [...found]
    .flatMap(([apiId, { publishId, authentication }]) =>
      publishId === undefined ? [] : [{ apiId, publishId, ...(authentication && { authentication }) }],
    )
    .sort((one, other) => (one.apiId < other.apiId ? -1 : 1));
}

/** The APIs that are not published, and those that are, as messages name them. */
export function publicationsIn(wanted: FoundById): [missing: string[], standing: string[]] {
  const named = (isPublished: boolean) =>
    [...wanted]
      .filter(([, { publishId }]) => (publishId !== undefined) === isPublished)
      .map(([apiId, { name }]) => whoIs(apiId, name));
  return [named(false), named(true)];
}

/** An API as messages name it. */
export function whoIs(apiId: string, name: string | undefined): string {
  return name === undefined ? apiId : `${name} (${apiId})`;
}
