/** Measures the code that the engine stores in state twice for every resource. */
import { shells } from "../../provider/hosts/dynamic/shells";
import { run } from "../engine/run";
import type { Layout } from "./layout";

/** Serializes each shell the way the SDK does when a program makes a resource, and prints the lengths as JSON. */
const script = `
  const { runtime } = require("@pulumi/pulumi");
  const lengths = process.argv.slice(1).map(async (name) => {
    const shell = require("pulumi-apig/dist/shells/" + name + ".js");
    const { text } = await runtime.serializeFunction(() => shell, { allowSecrets: true });
    return Buffer.byteLength(text);
  });
  Promise.all(lengths).then((all) => console.log(JSON.stringify(all)));
`;

/** The longest text of all resource types, in bytes, by the way the package was installed. */
export async function longestTexts({ packed, linked }: Layout): Promise<{ packed: number; linked: number }> {
  const names = Object.values(shells);
  const longest = async (cwd: string): Promise<number> => {
    const printed = await run("node", ["-e", script, ...names], { env: process.env, cwd, timeout: 60_000 });
    return Math.max(...(JSON.parse(printed) as number[]));
  };
  return { packed: await longest(packed), linked: await longest(linked) };
}
