import { spawn } from "node:child_process";
import { resolve } from "node:path";

/**
 * `npm run test:unit`: runs all specs of one folder. With file names after `--` it runs only these. Options go to mocha.
 * mocha alone would also run the specs that its configuration names.
 */
const [folder = "", ...rest] = process.argv.slice(2);
const named = rest.some((arg) => arg.endsWith(".spec.ts"));
const program = resolve(require.resolve("mocha/package.json"), "../bin/mocha.js");
const args = named ? rest : [...rest, `test/${folder}/**/*.spec.ts`];
const mocha = spawn(process.execPath, [program, ...args], { stdio: "inherit" });
mocha.once("close", (code) => {
  process.exitCode = code ?? 1;
});
process.on("SIGTERM", () => mocha.kill());
process.on("SIGINT", () => undefined); // a terminal sends it to mocha as well
