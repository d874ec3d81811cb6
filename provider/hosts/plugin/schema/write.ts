/** Part of `npm run build`, after the compiler: writes the schema that the plugin answers with. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageSpec } from "./package";

const file = join(__dirname, "../../../../dist/hosts/plugin/schema.json");
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(packageSpec(), undefined, 1)}\n`);
