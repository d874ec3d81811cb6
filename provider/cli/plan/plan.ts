/** What the program declares, in no language yet: resources with their names, and what is left out. */
import { canNameGroup } from "../../definition";
import { inputs as appInputs } from "../../resources/app/inputs";
import { inputs as credentialInputs } from "../../resources/bkci-credential/inputs";
import { inputs as environmentInputs } from "../../resources/environment/inputs";
import { firstOf } from "../../resources/shared/first-of";
import type { Found, FoundApi, FoundApp, FoundCredential, FoundEnvironment, FoundGroup } from "../found/found";
import { plainName, uniqueNames, variableName } from "./names";

export interface Plan {
  readonly found: Found;
  readonly environments: readonly PlannedEnvironment[];
  readonly groups: readonly PlannedGroup[];
  readonly publications: readonly Publication[];
  readonly apps: readonly PlannedApp[];
  readonly authorizations: readonly Authorization[];
  readonly credentials: readonly (FoundCredential & { readonly resource: string })[];
  /** What the program does not say, a line each. */
  readonly notes: readonly string[];
}

/** Its variable in the program, and its name for the engine. */
interface Names {
  readonly variable: string;
  readonly resource: string;
}

export interface PlannedEnvironment extends FoundEnvironment, Names {
  /** RELEASE, which every instance has and nobody can change: no resource, only its id. */
  readonly isFixed: boolean;
}

export interface PlannedGroup extends FoundGroup, Names {
  readonly file: string;
  /** YAML, with what it does not say on top. */
  readonly text: string;
  /** Whether the program names the group by its id: it has to stay, or its name is none that a program can give. */
  readonly isById: boolean;
}

/** APIs of one group. */
export interface Selection {
  readonly group: PlannedGroup;
  readonly apis: readonly FoundApi[];
  /** Whether these are all APIs of the group. */
  readonly isAll: boolean;
}

export interface Publication extends Selection, Names {
  readonly environment: PlannedEnvironment;
}

export interface PlannedApp extends FoundApp, Names {
  readonly codes: readonly { readonly id: string; readonly resource: string }[];
}

export interface Authorization {
  readonly resource: string;
  readonly environment: PlannedEnvironment;
  readonly apps: readonly PlannedApp[];
  readonly selections: readonly Selection[];
  /** What must be published first. */
  readonly after: readonly Publication[];
}

const releaseId = "DEFAULT_ENVIRONMENT_RELEASE_ID";

export function planOf(found: Found): Plan {
  const notes: string[] = [...found.missing.map((missing) => `Not read, ${missing}`)];
  const environments = planEnvironments(found, notes);
  const groups = planGroups(found, notes);
  const publications = planPublications(environments, groups, notes);
  const apps = planApps(found, notes);
  const authorizations = planAuthorizations(found, { environments, groups, publications, apps }, notes);
  const credentials = planCredentials(found, notes);
  return {
    found,
    environments,
    groups,
    publications,
    apps,
    authorizations,
    credentials,
    notes,
  };
}

/** Objects with their names, in the order of these. */
function nameAll<Item extends { readonly id: string; readonly name: string }>(
  items: readonly Item[],
  ending: string,
): (Item & Names)[] {
  const resources = uniqueNames(
    items.map(({ id, name }) => ({ id, wanted: plainName(name) })),
    "-",
  );
  const named = items.map((item) => ({ ...item, resource: resources.get(item.id) ?? item.id }));
  const variables = uniqueNames(
    named.map(({ id, resource }) => ({ id, wanted: variableName(resource, ending) })),
    "_",
  );
  return named
    .map((item) => ({ ...item, variable: variables.get(item.id) ?? item.id }))
    .sort((one, other) => (one.resource < other.resource ? -1 : 1));
}

function planEnvironments({ environments }: Found, notes: string[]): PlannedEnvironment[] {
  const named = nameAll(environments, "Env").map((each) => ({ ...each, isFixed: each.id === releaseId }));
  return named.filter(({ name, remark, isFixed }) =>
    isFixed
      ? true
      : isGood("Environment", name, environmentInputs.pick({ name: true, remark: true }), { name, remark }, notes),
  );
}

function planGroups({ groups }: Found, notes: string[]): PlannedGroup[] {
  return nameAll(groups, "Group").flatMap((group): PlannedGroup[] => {
    const { text, notes: unsaid } = group.definition;
    if (text === undefined) {
      // An empty DEFAULT is in every instance.
      if (group.apis.length > 0 || !group.isDefault) notes.push(`API group ${group.name}: ${firstOf(unsaid, ", ")}`);
      return [];
    }
    const isYaml = !text.startsWith("{");
    if (!isYaml) notes.push(...unsaid.map((note) => `API group ${group.name}: ${note}`));
    const file = `openapi/${group.resource}.${isYaml ? "yaml" : "json"}`;
    const isById = group.isDefault || !canNameGroup(group.name);
    return [{ ...group, file, isById, text: (isYaml ? headed(unsaid) : "") + text }];
  });
}

function headed(unsaid: readonly string[]): string {
  if (unsaid.length === 0) return "";
  const lines = [
    "What an export cannot say, so that it is not in this file, and stays as it is:",
    ...unsaid.map((note) => `- ${note}`),
  ];
  return `${lines.map((line) => `# ${line}\n`).join("")}\n`;
}

function planPublications(
  environments: readonly PlannedEnvironment[],
  groups: readonly PlannedGroup[],
  notes: string[],
): Publication[] {
  const all = groups.flatMap((group) =>
    environments.flatMap((environment) => {
      const selection = select(group, ({ envIds }) => envIds.includes(environment.id));
      const stale = group.apis.filter(({ staleIn }) => staleIn.includes(environment.id)).map(({ key }) => key);
      if (stale.length > 0) {
        notes.push(
          `Changed since they were published in ${environment.name}, so that the next publication shows the change, ` +
            `of group ${group.name}: ${firstOf(stale, ", ")}`,
        );
      }
      return selection.apis.length === 0 ? [] : [{ ...selection, environment }];
    }),
  );
  const idOf = ({ group, environment }: (typeof all)[number]) => `${group.id} ${environment.id}`;
  const names = nameAll(
    all.map((each) => ({ id: idOf(each), name: `${each.group.resource} in ${each.environment.resource}` })),
    "Publication",
  );
  const byId = new Map(names.map((each) => [each.id, each]));
  return all.flatMap((each) => {
    const { variable = "", resource = "" } = byId.get(idOf(each)) ?? {};
    return { ...each, variable, resource };
  });
}

function planApps({ apps }: Found, notes: string[]): PlannedApp[] {
  const good = nameAll(apps, "App").filter(({ name, remark }) =>
    isGood("App", name, appInputs.pick({ name: true, remark: true }), { name, remark }, notes),
  );
  return good.map((app) => {
    const codes = uniqueNames(
      app.codeIds.map((id) => ({ id, wanted: `${app.resource}-${id.slice(0, 8)}` })),
      "-",
    );
    return { ...app, codes: app.codeIds.map((id) => ({ id, resource: codes.get(id) ?? id })) };
  });
}

/** Apps that may call the same APIs of an environment share a resource. */
function planAuthorizations(
  found: Found,
  { environments, groups, publications, apps }: Pick<Plan, "environments" | "groups" | "publications" | "apps">,
  notes: string[],
): Authorization[] {
  const known = {
    apis: new Set(groups.flatMap((group) => group.apis.map(({ id }) => id))),
    apps: new Set(apps.map(({ id }) => id)),
    environments: new Set(environments.map(({ id }) => id)),
  };
  const bound = new Map<string, string[]>();
  let outside = 0;
  for (const { apiId, appId, envId } of found.authorizations) {
    const isKnown = known.apis.has(apiId) && known.apps.has(appId) && known.environments.has(envId);
    if (!isKnown) outside += 1;
    else if (!bound.get(`${envId} ${appId}`)?.push(apiId)) bound.set(`${envId} ${appId}`, [apiId]);
  }
  if (outside > 0) notes.push(`${outside} authorizations of or for what is not in the program`);
  return environments.flatMap((environment) => {
    const sets = new Map<string, { apps: PlannedApp[]; apiIds: ReadonlySet<string> }>();
    for (const app of apps) {
      const apiIds = bound.get(`${environment.id} ${app.id}`)?.sort();
      if (apiIds === undefined) continue;
      const set = sets.get(apiIds.join()) ?? { apps: [], apiIds: new Set(apiIds) };
      sets.set(apiIds.join(), set);
      set.apps.push(app);
    }
    return [...sets.values()].map((set) => {
      const { resource = "" } = set.apps[0] ?? {};
      const others = set.apps.length === 1 ? "" : `-and-${set.apps.length - 1}-more`;
      const selections = groups
        .map((group) => select(group, ({ id }) => set.apiIds.has(id)))
        .filter((each) => each.apis.length > 0);
      const after = publications.filter(
        (each) => each.environment === environment && selections.some(({ group }) => group === each.group),
      );
      // Each app has one set in an environment, so the first one of a set is the first of no other.
      return {
        resource: `${resource}${others}-in-${environment.resource}`,
        environment,
        apps: set.apps,
        selections,
        after,
      };
    });
  });
}

function planCredentials({ credentials }: Found, notes: string[]): Plan["credentials"] {
  const names = uniqueNames(
    credentials.map(({ id }) => ({ id, wanted: plainName(id) })),
    "-",
  );
  const shape = credentialInputs.pick({ credentialId: true, type: true, name: true, remark: true });
  return credentials
    .filter(({ id: credentialId, type, name, remark }) =>
      isGood("BkciCredential", credentialId, shape, { credentialId, type, name, remark }, notes),
    )
    .map((each) => ({ ...each, resource: names.get(each.id) ?? each.id }))
    .sort((one, other) => (one.resource < other.resource ? -1 : 1));
}

function select(group: PlannedGroup, isWanted: (api: FoundApi) => boolean): Selection {
  const apis = [...group.apis].filter(isWanted).sort((one, other) => (one.key < other.key ? -1 : 1));
  return { group, apis, isAll: apis.length === group.apis.length };
}

/** Whether a program may declare it. The services have names from other days, and other clients. */
function isGood(
  type: string,
  name: string,
  rules: {
    safeParse(value: unknown): { error?: { issues: readonly { path: PropertyKey[]; message: string }[] } | undefined };
  },
  inputs: object,
  notes: string[],
): boolean {
  const [issue] = rules.safeParse(inputs).error?.issues ?? [];
  if (issue === undefined) return true;
  notes.push(`${type} ${name}: its ${issue.path.join(".")} is none that a program can give (${issue.message})`);
  return false;
}
