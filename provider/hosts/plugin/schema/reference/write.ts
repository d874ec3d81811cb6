/** `npm run reference`: writes docs/reference.md. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageSpec } from "../package";
import { referenceOf } from "./reference";

writeFileSync(join(__dirname, "../../../../../docs/reference.md"), referenceOf(packageSpec()));
