/** The files of a project that stands by itself. */
import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { stringify } from "yaml";
import type { Settings } from "../../settings/settings";
import type { Language } from "../arguments";
import type { Plan } from "../plan/plan";
import { typescriptProgram } from "./typescript";
import { yamlProgram } from "./yaml";

/** The stack whose config is written. */
export const stackName = "main";

/** @param out the folder of the project, whose name it gets */
export function projectFiles(plan: Plan, out: string, language: Language, settings: Settings): Map<string, string> {
  const name = projectName(out);
  const description = `What is in the APIG instance ${plan.found.instanceId}`;
  const files = new Map<string, string>();
  if (language === "typescript") {
    files.set("Pulumi.yaml", stringify({ name, runtime: "nodejs", description }));
    files.set("index.ts", typescriptProgram(plan));
    files.set("tsconfig.json", json(tsconfig));
  } else {
    const plugins = { providers: [{ name: "apig", path: "node_modules/pulumi-apig/plugin" }] };
    files.set("Pulumi.yaml", yamlProgram(plan, { name, runtime: "yaml", description, plugins }));
  }
  files.set("package.json", json(manifest(name)));
  files.set(".gitignore", "node_modules/\n");
  files.set(`Pulumi.${stackName}.yaml`, stackConfig(plan, language, settings));
  for (const { file, text } of plan.groups) files.set(file, text);
  return files;
}

const tsconfig = {
  compilerOptions: {
    target: "ES2022",
    module: "nodenext",
    moduleResolution: "nodenext",
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  },
  files: ["index.ts"],
};

/** Beside `dist/`, in the repository and where it is installed. */
const own = join(__dirname, "../../../package.json");

function manifest(name: string): object {
  const { version, peerDependencies } = JSON.parse(readFileSync(own, "utf8")) as {
    version: string;
    peerDependencies: Record<string, string>;
  };
  const dependencies = { ...peerDependencies, "pulumi-apig": version };
  return { name: name.toLowerCase(), private: true, dependencies };
}

/** A name that the engine and npm take, of that of the folder. */
function projectName(out: string): string {
  const plain = basename(resolve(out))
    .replaceAll(/[^A-Za-z0-9_.-]+/g, "-")
    .replace(/^[-_.]+/, "");
  return plain.slice(0, 100) || "apig";
}

/** Where everything is. Who may get there stays in the environment. */
function stackConfig({ found }: Plan, language: Language, { huaweicloud, bkci, http }: Settings): string {
  const { endpoints, authUrl, cloud } = huaweicloud;
  const huawei = present({
    region: found.region,
    projectId: found.projectId,
    instanceId: found.instanceId,
    cloud,
    authUrl,
    endpoints: Object.keys(endpoints).length === 0 ? undefined : JSON.stringify(endpoints),
    insecure: http.insecure ? "true" : undefined,
  });
  const project =
    found.bkciProject === undefined ? {} : present({ endpoint: bkci.endpoint, projectId: bkci.projectId });
  const sections = { huaweicloud: huawei, ...(Object.keys(project).length > 0 && { bkci: project }) };
  if (language === "yaml") {
    return stringify({
      config: Object.fromEntries(Object.entries(sections).map(([name, of]) => [`apig:${name}`, of])),
    });
  }
  const keys = Object.entries(sections).flatMap(([section, of]) =>
    Object.entries(of).map(([key, value]) => [`${section}:${key}`, value] as const),
  );
  return stringify({ config: Object.fromEntries(keys) });
}

function present(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
