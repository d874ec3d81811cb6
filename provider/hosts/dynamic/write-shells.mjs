/** Part of `npm run build`, after the compiler: writes the modules of the shells. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import shellsModule from "../../../dist/hosts/dynamic/shells.js";

const { shells, sourceOf } = shellsModule;
const folder = join(import.meta.dirname, "../../../dist/shells");
mkdirSync(folder, { recursive: true });
for (const [type, name] of Object.entries(shells)) writeFileSync(join(folder, `${name}.js`), sourceOf(type));
