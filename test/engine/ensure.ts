import { ensureEngine } from "./engine";

/** `npm run engine`: puts a working Pulumi engine on this machine and says which way that took. */
ensureEngine((line) => console.error(line)).then(
  ({ version, how, bin }) => console.log(`Pulumi ${version} from ${how}: ${bin}`),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
