/** The program in TypeScript. */
import type { Authorization, Plan, PlannedEnvironment, PlannedGroup, Publication, Selection } from "../plan/plan";
import { adoption } from "./adoption";
import { Call, Code, print, type Expression } from "./code";
import { heading } from "./heading";

export function typescriptProgram(plan: Plan): string {
  const sections = [
    plan.environments.map(environment),
    plan.groups.map(group),
    plan.publications.map(publication),
    plan.apps.flatMap((app) => [
      declare(app.variable, "App", app.resource, { name: app.name, remark: given(app.remark), adopt }),
      ...app.codes.map((code) =>
        make("AppCode", code.resource, { appId: new Code(`${app.variable}.appId`), adopt: code.id }),
      ),
    ]),
    plan.authorizations.map(authorization),
    plan.credentials.map(({ id, type, name, remark, resource }) =>
      make("BkciCredential", resource, {
        credentialId: id,
        type,
        name: name === id ? undefined : name,
        remark: given(remark),
        adopt,
      }),
    ),
  ].filter((section) => section.length > 0);
  const imports = [
    ...(plan.groups.length > 0 ? ['import * as pulumi from "@pulumi/pulumi";'] : []),
    ...(sections.length > 0 ? ['import * as apig from "pulumi-apig";'] : []),
  ];
  const body = sections.map((section) => section.join("\n"));
  const uses = (text: string) => body.some((section) => section.includes(text));
  const parts = [
    heading(plan)
      .map((line) => `// ${line}`.trimEnd())
      .join("\n"),
    imports.length > 0 ? imports.join("\n") : "export {};",
    ...(uses("new apig.") ? [adoptConstant] : []),
    ...body,
    ...(uses("idsOf(") ? [idsOf] : []),
    ...(uses("joined(") ? [joined] : []),
  ];
  return `${parts.join("\n\n")}\n`;
}

const adoptConstant = `// What exists is taken over as it is. A resource whose object is missing is an error, and makes none.
const adopt = "${adoption}";`;

const idsOf = `/** Ids of the APIs of a group, by operations such as \`GET /orders/{id}\`; without any, of all of them. */
function idsOf(group: apig.ApiImport, ...operations: string[]): pulumi.Output<string[]> {
  return group.apis.apply((apis) => {
    const ids = new Map(apis.map(({ method, path, id }) => [\`\${method} \${path}\`, id]));
    if (operations.length === 0) return [...ids.values()];
    return operations.map((operation) => {
      const id = ids.get(operation);
      if (id === undefined) throw new Error(\`\${operation} is not in the definition any more: take it out here, too\`);
      return id;
    });
  });
}`;

const joined = `/** Several lists of ids as one. */
function joined(...lists: pulumi.Input<string[]>[]): pulumi.Output<string[]> {
  return pulumi.all(lists).apply((all) => all.flat());
}`;

/** The constant of the program, as a member of its name. */
const adopt = new Code("adopt");

function given(text: string): string | undefined {
  return text === "" ? undefined : text;
}

function declare(variable: string, type: string, resource: string, args: Expression): string {
  return make(type, resource, args, undefined, `const ${variable} = `);
}

function make(type: string, resource: string, args: Expression, options?: Expression, before = ""): string {
  const made = `${before}new apig.${type}`;
  if (options !== undefined) return `${print(new Call(made, [resource, args, options]), "", 1)};`;
  const start = `${made}(${JSON.stringify(resource)}, `;
  return `${start}${print(args, "", start.length + 2)});`;
}

function environment({ variable, resource, id, name, remark, isFixed }: PlannedEnvironment): string {
  if (isFixed)
    return `const ${variable} = { envId: ${JSON.stringify(id)} }; // ${name} is in every instance, and stays there.`;
  return declare(variable, "Environment", resource, { name, remark: given(remark), adopt });
}

function group({ variable, resource, id, name, file, isById }: PlannedGroup): string {
  const definition = new Code(`new pulumi.asset.FileAsset(${JSON.stringify(file)})`);
  return declare(variable, "ApiImport", resource, {
    ...(isById ? { groupId: id } : { groupName: name }),
    definition,
    adopt,
  });
}

function publication({ variable, resource, environment, ...selection }: Publication): string {
  const { group, isAll } = selection;
  return declare(variable, "ApiPublication", resource, {
    envId: new Code(`${environment.variable}.envId`),
    ...(isAll ? { groupId: new Code(`${group.variable}.groupId`) } : { apiIds: ids([selection]) }),
    // Published again whenever an operation changes.
    triggers: new Code(`${group.variable}.operations`),
    adopt,
  });
}

function authorization({ resource, environment, apps, selections, after }: Authorization): string {
  return make(
    "AppAuthorization",
    resource,
    {
      envId: new Code(`${environment.variable}.envId`),
      appIds: apps.map(({ variable }) => new Code(`${variable}.appId`)),
      apiIds: ids(selections),
      adopt,
    },
    after.length === 0 ? undefined : { dependsOn: after.map(({ variable }) => new Code(variable)) },
  );
}

/** The ids of APIs: from their group, and as they are where the definition does not have them. */
function ids(selections: readonly Selection[]): Expression {
  const lists = selections.flatMap(({ group, apis, isAll }) => {
    const { apiIds } = group.definition;
    const said = apis.filter(({ id }) => apiIds.has(id));
    const unsaid = apis.filter(({ id }) => !apiIds.has(id)).map(({ id }) => id);
    const keys = isAll && unsaid.length === 0 ? [] : said.map(({ key }) => key);
    const call = new Call("idsOf", [new Code(group.variable), ...keys]);
    return [...(said.length > 0 ? [call] : []), ...(unsaid.length > 0 ? [unsaid] : [])];
  });
  const [only] = lists;
  return lists.length === 1 && only !== undefined ? only : new Call("joined", lists);
}
