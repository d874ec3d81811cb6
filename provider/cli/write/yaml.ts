/** The program in YAML: the project file holds it. It is for the plugin of this package. */
import { Document, Scalar } from "yaml";
import { printable } from "../../definition";
import type { FoundApi } from "../found/found";
import type { Authorization, Plan, Publication } from "../plan/plan";
import { adoption } from "./adoption";
import { heading } from "./heading";

type Resources = Record<string, object>;

/** @param project name, runtime and so on */
export function yamlProgram(plan: Plan, project: object): string {
  const resources: Resources = {};
  const add = (variable: string, type: string, name: string, properties: Record<string, unknown>, options?: object) => {
    const all: Record<string, unknown> = { adopt: adoption, ...properties };
    const said = Object.entries(all).filter(([, value]) => value !== undefined && value !== "");
    resources[variable] = {
      type: `apig:${type}`,
      name: escaped(name),
      properties: Object.fromEntries(said),
      ...(options !== undefined && { options }),
    };
  };
  for (const { variable, resource, name, remark, isFixed } of plan.environments) {
    if (!isFixed) add(variable, "Environment", resource, { name: escaped(name), remark: escaped(remark) });
  }
  for (const { variable, resource, id, name, file, isById } of plan.groups) {
    const definition = { "fn::fileAsset": `./${file}` };
    add(variable, "ApiImport", resource, { ...(isById ? { groupId: id } : { groupName: escaped(name) }), definition });
  }
  for (const each of plan.publications) add(each.variable, "ApiPublication", each.resource, published(each));
  for (const app of plan.apps) {
    add(app.variable, "App", app.resource, { name: escaped(app.name), remark: escaped(app.remark) });
    app.codes.forEach(({ id, resource }, index) =>
      add(`${app.variable}Code${index + 1}`, "AppCode", resource, { appId: `\${${app.variable}.appId}`, adopt: id }),
    );
  }
  plan.authorizations.forEach((each, index) =>
    add(`authorization${index + 1}`, "AppAuthorization", each.resource, authorized(each), optionsOf(each)),
  );
  plan.credentials.forEach(({ id, type, name, remark, resource }, index) =>
    add(`credential${index + 1}`, "BkciCredential", resource, {
      credentialId: id,
      type,
      name: name === id ? undefined : escaped(name),
      remark: escaped(remark),
    }),
  );
  const document = new Document({ ...project, resources }, { aliasDuplicateObjects: false });
  document.commentBefore = heading(plan)
    .map((line) => ` ${line}`.trimEnd())
    .join("\n");
  return document.toString({ lineWidth: 0 });
}

function envIdOf({ environment }: Pick<Publication, "environment">): string {
  return environment.isFixed ? environment.id : `\${${environment.variable}.envId}`;
}

function published({ group, apis, isAll, environment }: Publication): Record<string, unknown> {
  return {
    envId: envIdOf({ environment }),
    ...(isAll ? { groupId: `\${${group.variable}.groupId}` } : { apiIds: apis.map(commented) }),
    triggers: `\${${group.variable}.operations}`,
  };
}

/** YAML has no way to look an API up by its operation, and places in a list change: so ids stand there. */
function authorized({ environment, apps, selections }: Authorization): Record<string, unknown> {
  return {
    envId: envIdOf({ environment }),
    appIds: apps.map(({ variable }) => `\${${variable}.appId}`),
    apiIds: selections.flatMap(({ apis }) => apis.map(commented)),
  };
}

function optionsOf({ after }: Authorization): object | undefined {
  return after.length === 0 ? undefined : { dependsOn: after.map(({ variable }) => `\${${variable}}`) };
}

/** In YAML programs a text with a reference in it is looked up. */
function escaped(text: string): string {
  return text.replaceAll("${", () => "$${");
}

/** An id, with what it is the id of behind it. */
function commented({ id, key }: FoundApi): Scalar {
  const scalar = new Scalar(id);
  scalar.comment = ` ${printable(key)}`;
  return scalar;
}
