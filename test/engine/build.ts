import { chmod, copyFile } from "node:fs/promises";
import { join } from "node:path";
import { engineVersion, type Environment } from "./find";
import { run, type Log } from "./run";

/**
 * The newest language host whose source is in the Go module registry (later ones are a separate module, which the registry
 * does not have). It runs programs on the current SDK.
 */
export const hostVersion = "3.68.0";

/** The host of YAML programs has versions of its own; this one works with the engine. */
const yamlVersion = "1.25.0";

/** The package whose variable `Version` the programs tell. */
const tells = "github.com/pulumi/pulumi/sdk/v3/go/common/version";

const parts = [
  {
    module: "cli",
    program: "pulumi",
    source: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    version: engineVersion,
    tells,
    usually: "3 minutes",
  },
  {
    module: "host",
    program: "pulumi-language-nodejs",
    source: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    version: hostVersion,
    tells,
    usually: "20 seconds",
  },
  {
    module: "yaml",
    program: "pulumi-language-yaml",
    source: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
    version: yamlVersion,
    tells: "github.com/pulumi/pulumi-yaml/pkg/version",
    usually: "2 minutes",
  },
] as const;

/** Go without anything that is not installed already. */
export const goSettings = {
  GOTOOLCHAIN: "local", // use what is installed, never fetch another compiler
  GOWORK: "off",
  CGO_ENABLED: "0", // no C compiler needed
} as const;

/**
 * Builds the engine's programs from Go modules into `bin`, which exists.
 * @throws Error with the reason: no Go, Go too old, no module registry
 */
export async function buildEngine(bin: string, log: Log, env: Environment): Promise<void> {
  const goEnv = { ...env, ...goSettings };
  await run("go", ["version"], { env: goEnv, timeout: 30_000 }).catch((error: unknown) => {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw missing ? new Error("there is no `go` on PATH") : error;
  });
  for (const { module, program, source, version, tells, usually } of parts) {
    log(`building ${program} ${version} from Go modules, about ${usually} the first time`);
    const flags = ["-mod=readonly", "-buildvcs=false", "-v", "-ldflags", `-s -w -X ${tells}.Version=v${version}`];
    await run("go", ["build", ...flags, "-o", join(bin, program), source], {
      env: goEnv,
      cwd: join(__dirname, module),
      timeout: 30 * 60_000,
      progress: { what: `building ${program}`, log },
    });
  }
  await copyStarter(bin, goEnv);
}

/** Copies the starter of dynamic providers, a script in the SDK's module. */
async function copyStarter(bin: string, env: Environment): Promise<void> {
  const list = ["list", "-m", "-f", "{{.Dir}}", "github.com/pulumi/pulumi/sdk/v3"];
  const sdk = await run("go", list, { env, cwd: join(__dirname, "cli"), timeout: 60_000 });
  const starter = join(bin, "pulumi-resource-pulumi-nodejs");
  await copyFile(join(sdk.trim(), "nodejs", "dist", "pulumi-resource-pulumi-nodejs"), starter);
  await chmod(starter, 0o755); // the module cache is read-only and without execute rights
}
