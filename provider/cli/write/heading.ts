import { printable } from "../../definition";
import type { Plan } from "../plan/plan";

/** The lines on top of a program: where it comes from, and what it does not say. */
export function heading({ found, notes }: Plan): string[] {
  const { instanceId, region, projectId } = found;
  return [
    `Written by \`pulumi-apig adopt\` from the APIG instance ${instanceId},`,
    `project ${projectId}, region ${region}.`,
    ...(notes.length === 0 ? [] : ["", "Not in this program, and left as it is:", ...notes.map((note) => `- ${note}`)]),
  ].map(printable);
}
