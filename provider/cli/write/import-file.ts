/** A file for `pulumi import --file`, which takes the objects into the state of a program in any language, by the plugin. */
import { formatId } from "../../resources/shared/ids";
import type { Plan } from "../plan/plan";

export interface ImportFile {
  readonly text: string;
  /** What `pulumi import` has no id for. */
  readonly left: readonly string[];
}

export function importFile({ found, ...plan }: Plan): ImportFile {
  const { instanceId } = found;
  const left: string[] = [];
  const row = (type: string, name: string, ...id: readonly string[]) => ({
    type: `apig:index:${type}`,
    name,
    id: formatId(...id),
  });
  const resources = [
    ...plan.environments
      .filter(({ isFixed }) => !isFixed)
      .map(({ resource, id }) => row("Environment", resource, instanceId, id)),
    ...plan.groups.map(({ resource, id }) => row("ApiImport", resource, instanceId, id)),
    ...plan.publications.flatMap(({ resource, isAll, environment, group }) => {
      if (isAll) return [row("ApiPublication", resource, instanceId, environment.id, group.id)];
      left.push(`ApiPublication ${resource}: not all APIs of the group are published in ${environment.name}`);
      return [];
    }),
    ...plan.apps.flatMap((app) => [
      row("App", app.resource, instanceId, app.id),
      ...app.codes.map((code) => row("AppCode", code.resource, instanceId, app.id, code.id)),
    ]),
    ...plan.authorizations.map(({ resource, environment, apps }) => {
      const appIds = apps.map(({ id }) => id).sort();
      return row("AppAuthorization", resource, instanceId, environment.id, appIds.join());
    }),
    ...plan.credentials.map(({ resource, id }) => row("BkciCredential", resource, found.bkciProject ?? "", id)),
  ];
  return { text: `${JSON.stringify({ resources }, undefined, 2)}\n`, left };
}
