/**
 * `npm run plugin`: the plugin as one tarball for `pulumi plugin install resource apig VERSION --file`. It holds one program
 * with everything in it but Node.js, because a plugin's folder has no `node_modules`.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stdout } from "node:process";
import { build } from "esbuild";

const root = join(import.meta.dirname, "../../..");
const name = "pulumi-resource-apig";
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const folder = join(root, "dist/plugin");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const { outputFiles } = await build({
  entryPoints: [join(root, "dist/hosts/plugin/main.js")],
  bundle: true,
  platform: "node",
  target: "node22",
  // The `main` of jsonc-parser asks for its files in a way that no bundler follows.
  mainFields: ["module", "main"],
  minify: true,
  keepNames: true,
  write: false,
});
// The same first lines as in the package: what an old Node.js is told.
const [start] = readFileSync(join(root, "plugin", name), "utf8").split("require(");
writeFileSync(join(folder, name), start + outputFiles[0].text);
chmodSync(join(folder, name), 0o755);
copyFileSync(join(root, "plugin", `${name}.cmd`), join(folder, `${name}.cmd`));
copyFileSync(join(root, "dist/hosts/plugin/schema.json"), join(folder, "schema.json"));

const tarball = join(root, "dist", `${name}-v${version}.tar.gz`);
execFileSync("tar", ["-czf", tarball, "-C", folder, name, `${name}.cmd`, "schema.json"]);
stdout.write(`${tarball}\npulumi plugin install resource apig ${version} --file ${tarball}\n`);
