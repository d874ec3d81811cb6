/** The command `adopt`: reads what is there, and writes a project that takes it over. */
import { Connection } from "../settings/connection";
import { loadSettings, SettingsError, type Settings } from "../settings/settings";
import type { Options } from "./arguments";
import { readProject } from "./found/bkci";
import type { Found } from "./found/found";
import { readInstance, type Tell } from "./found/read";
import { planOf } from "./plan/plan";
import { demandNew, writeFolder, writeWholeFile } from "./write/folder";
import { importFile } from "./write/import-file";
import { projectFiles, stackName } from "./write/project";
import { tableOf } from "./write/table";

/** Where the command writes to: what a user wants to keep, and what is only to be watched. */
export interface Terminal {
  readonly print: (text: string) => void;
  readonly tell: Tell;
}

export async function adopt(options: Options, environment: NodeJS.ProcessEnv, terminal: Terminal): Promise<void> {
  const { out, importFile: importPath, language, dryRun } = options;
  // Before the first call: to read a large instance takes minutes.
  if (out !== undefined && !dryRun) demandNew(out, "--out");
  if (importPath !== undefined && !dryRun) demandNew(importPath, "--import-file");
  const settings = loadSettings(() => undefined, environment);
  const plan = planOf(await read(options, settings, terminal.tell));
  for (const note of plan.notes) terminal.tell(`left out: ${note}`);
  if (dryRun) {
    terminal.print(tableOf(plan));
    return;
  }
  const steps: string[] = [];
  if (out !== undefined) {
    writeFolder(out, projectFiles(plan, out, language, settings));
    const install = `cd ${quoted(out)} && npm install && pulumi stack init ${stackName}`;
    steps.push(`Wrote ${out}. Next:\n\n  ${install}\n  pulumi up\n`);
  }
  if (importPath !== undefined) {
    const { text, left } = importFile(plan);
    writeWholeFile(importPath, text);
    for (const line of left) terminal.tell(`not in ${importPath}: ${line}`);
    steps.push(
      `Wrote ${importPath}. In a project that has the plugin:\n\n  pulumi import --file ${quoted(importPath)}\n`,
    );
  }
  terminal.print(steps.join("\n"));
}

async function read(options: Options, settings: Settings, tell: Tell): Promise<Found> {
  const { instanceId, region, credentials } = settings.huaweicloud;
  const needed = { HW_REGION_NAME: region, HW_APIG_INSTANCE_ID: instanceId };
  const unset = Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (instanceId === undefined || unset.length > 0) {
    throw new SettingsError(`set ${unset.join(" and ")} in the environment: \`pulumi-apig --help\` lists all settings`);
  }
  if (credentials === undefined) {
    throw new SettingsError(
      "no Huawei Cloud credentials are set in the environment: give HW_ACCESS_KEY with HW_SECRET_KEY, HW_AUTH_TOKEN, or " +
        "HW_USER_NAME with HW_USER_PASSWORD and HW_DOMAIN_NAME",
    );
  }
  const connection = new Connection(settings);
  const place = await connection.resolvePlace();
  const content = await readInstance({ caller: connection.huawei(place), instanceId }, options, tell);
  const project = await readProject(connection, tell);
  return { ...place, instanceId, ...content, ...project, missing: [...content.missing, ...project.missing] };
}

/** As a shell takes it. */
function quoted(path: string): string {
  return /^[\w./@%+=:-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
