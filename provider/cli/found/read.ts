/**
 * Reads an instance: everything that a program can manage, in bounded calls. What the user may not see is left out and named.
 *
 * The lists are read before and after all else. If they differ, somebody changed the instance meanwhile, and it is read again:
 * a program of something that never was at one time would not match what is there.
 */
import { isDeepStrictEqual } from "node:util";
import { publicationsOf, listApis, type ListedApi } from "../../clients/apig/apis";
import { listAppCodes } from "../../clients/apig/app-codes";
import { listApps, type App } from "../../clients/apig/apps";
import { listAuthorizationsOf } from "../../clients/apig/authorizations";
import { listEnvironments, type Environment } from "../../clients/apig/environments";
import { listGroups, type Group } from "../../clients/apig/groups";
import type { Instance } from "../../clients/apig/instance";
import { inParallel } from "../../clients/in-parallel";
import { failedAs } from "../../http/errors";
import { keyOf } from "../../resources/api-import/view";
import { definitionOf } from "./definition";
import { counted } from "./counted";
import type { Found, FoundApi, FoundApp, FoundAuthorization, FoundGroup } from "./found";
import { Parts } from "./parts";

/** What is wanted of an instance. */
export interface Wanted {
  /** Names; none stands for all. */
  readonly groups: readonly string[];
  /** Names; none stands for all. */
  readonly apps: readonly string[];
  readonly codes: boolean;
}

/** Tells how far it is. */
export type Tell = (line: string) => void;

/** What was read of an instance, without its place and BK-CI. */
export type Content = Pick<Found, "environments" | "groups" | "apps" | "authorizations" | "missing">;

/** How often an instance is read that changes meanwhile. */
const mostReadings = 3;

/** @throws Error when a group or an app of a name is not there, or the instance changed each time that it was read */
export async function readInstance(instance: Instance, wanted: Wanted, tell: Tell): Promise<Content> {
  for (let reading = 1; ; reading++) {
    const parts = new Parts();
    const before = await survey(instance, wanted, parts);
    const { environments, groups, apis, apps } = before;
    const counts = { environment: environments, group: groups, API: apis, app: apps };
    tell(
      Object.entries(counts)
        .map(([what, all]) => counted(all.length, what))
        .join(", "),
    );
    const content = await details(instance, wanted, before, parts, tell).catch((error: unknown) => {
      // What a list showed is gone: somebody deleted it since.
      if (failedAs(error, "not-found")) return undefined;
      throw error;
    });
    if (content !== undefined && isDeepStrictEqual(before, await survey(instance, wanted, new Parts()))) return content;
    if (reading === mostReadings) {
      throw new Error(
        `the instance changed each of the ${mostReadings} times that it was read: run again when nobody else changes it`,
      );
    }
    tell("it changed meanwhile, so it is read again");
  }
}

/** What the lists show. */
interface Survey {
  readonly environments: readonly Environment[];
  readonly groups: readonly Group[];
  readonly apis: readonly ListedApi[];
  readonly apps: readonly App[];
}

async function survey(instance: Instance, wanted: Wanted, parts: Parts): Promise<Survey> {
  const environments = await parts.read("environments", () => listEnvironments(instance));
  const groups = await parts.read("API groups", () => listGroups(instance));
  const apis = await parts.read("APIs", () => listWanted(instance, wanted, named(groups, wanted.groups, "API group")));
  const apps = await parts.read("apps", () => listApps(instance));
  parts.demandSome();
  return {
    environments: inOrder(environments ?? []),
    // Without its APIs a group is nothing that a program can say.
    groups: apis === undefined ? [] : inOrder(named(groups, wanted.groups, "API group")),
    apis: inOrder(apis ?? []),
    apps: inOrder(named(apps, wanted.apps, "app")),
  };
}

/** One list of all APIs, or one for each group that was asked for. */
async function listWanted(instance: Instance, wanted: Wanted, groups: readonly Group[]): Promise<ListedApi[]> {
  if (wanted.groups.length === 0) return listApis(instance, {});
  const lists = await inParallel(groups, ({ id }) => listApis(instance, { groupId: id }));
  return lists.flat();
}

function named<Item extends { readonly name: string }>(
  items: readonly Item[] | undefined,
  names: readonly string[],
  what: string,
): readonly Item[] {
  if (items === undefined || names.length === 0) return items ?? [];
  const strange = names.find((name) => !items.some((item) => item.name === name));
  if (strange === undefined) return items.filter(({ name }) => names.includes(name));
  throw new Error(`the instance has no ${what} named "${strange}": names count with capitals and small letters`);
}

async function details(
  instance: Instance,
  wanted: Wanted,
  { environments, groups, apis, apps }: Survey,
  parts: Parts,
  tell: Tell,
): Promise<Content> {
  const read = await inParallel(
    groups,
    async (group): Promise<FoundGroup[]> => {
      const listed = apis.filter((api) => api.group_id === group.id);
      const definition = await parts.read("definitions of groups", () => definitionOf(instance, group, listed), group);
      const { id, name, remark } = group;
      const found = { id, name, remark: remark ?? "", isDefault: group.is_default === 1, apis: listed.map(foundApi) };
      return definition === undefined ? [] : [{ ...found, definition }];
    },
    nowAndThen(groups.length, (count) => tell(`definitions: ${count} of ${counted(groups.length, "group")}`)),
  );
  const callers = await inParallel(
    apps,
    async (app): Promise<{ app: FoundApp; authorizations: readonly FoundAuthorization[] }> => {
      const { id, name, remark } = app;
      const codes = wanted.codes ? await parts.read("AppCodes of apps", () => listAppCodes(instance, id), app) : [];
      const bound = await parts.read("authorizations of apps", () => listAuthorizationsOf(instance, id), app);
      return {
        app: { id, name, remark: remark ?? "", codeIds: (codes ?? []).map((code) => code.id).sort() },
        authorizations: (bound ?? []).map(({ app_id: appId, api_id: apiId, env_id: envId }) => ({
          appId,
          apiId,
          envId,
        })),
      };
    },
    nowAndThen(apps.length, (count) => tell(`codes and authorizations: ${count} of ${counted(apps.length, "app")}`)),
  );
  return {
    environments: environments.map(({ id, name, remark }) => ({ id, name, remark: remark ?? "" })),
    groups: read.flat(),
    apps: callers.map(({ app }) => app),
    authorizations: callers.flatMap(({ authorizations }) => authorizations),
    missing: parts.missing,
  };
}

function foundApi(api: ListedApi): FoundApi {
  const publications = publicationsOf(api);
  const changed = Date.parse(api.update_time ?? "");
  const stale = publications.filter(({ publishTime }) => Date.parse(publishTime) < changed);
  return {
    id: api.id,
    name: api.name,
    key: keyOf(api),
    envIds: publications.map(({ envId }) => envId),
    staleIn: stale.map(({ envId }) => envId),
  };
}

/** So that two readings can be compared, and what is written does not depend on the order of a list. */
function inOrder<Item extends { readonly id: string }>(items: readonly Item[]): Item[] {
  return [...items].sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** How often it is told how far it is. */
const step = 100;

function nowAndThen(all: number, say: (done: number) => void): (done: number) => void {
  return (done) => {
    if (done % step === 0 || done === all) say(done);
  };
}
