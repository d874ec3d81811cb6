/**
 * Loaded into every Node.js process that the engine starts (`NODE_OPTIONS`), but works only in a provider. At
 * its end it writes the memory and time of the process and, on request, a profile.
 */
import { writeFileSync } from "node:fs";
import { Session } from "node:inspector";
import { join } from "node:path";

/** Memory and time of one provider process. */
export interface Observation {
  /** Largest resident memory, in bytes. */
  readonly memory: number;
  /** Seconds of processor time. */
  readonly cpu: number;
}

const folder = process.env["BENCH_OBSERVE"];
if (folder !== undefined && /dynamic-provider|pulumi-resource-apig/.test(process.argv[1] ?? ""))
  observe(join(folder, String(process.pid)));

function observe(file: string): void {
  const session = process.env["BENCH_PROFILE"] === undefined ? undefined : startProfile();
  // The engine ends its plugins with this signal, and gives them five seconds.
  process.once("SIGINT", () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    const taken: Observation = { memory: maxRSS * 1024, cpu: (userCPUTime + systemCPUTime) / 1e6 };
    writeFileSync(`${file}.json`, JSON.stringify(taken));
    // The answer comes before `post` returns.
    session?.post("Profiler.stop", (_error, { profile }) =>
      writeFileSync(`${file}.cpuprofile`, JSON.stringify(profile)),
    );
    process.exit();
  });
}

function startProfile(): Session {
  const session = new Session();
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.setSamplingInterval", { interval: 500 });
  session.post("Profiler.start");
  return session;
}
