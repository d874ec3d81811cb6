/**
 * SecretTagQuery: which secrets have these tags, as a resource.
 *
 * The service is asked in `check`, in preview and update alike, so that the answer is an input: a preview names the
 * secrets that came and went, and what depends on them is known. State keeps the answer until the next one differs.
 * How is in `secret-tag-query/`: `ask` is the flow, `pages` reads lists that move, `found` is what state keeps.
 */
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { failedAs } from "../http/errors";
import type { Definition } from "../lifecycle";
import { unknownValue } from "../lifecycle/check";
import { warn } from "../lifecycle/warn";
import shell = require("../shells/secret-tag-query");
import { formatId } from "./ids";
import { properties } from "./inputs";
import { declarePlace, placeDifferences, placeInputs, placeKeys, recordPlace, type RecordedPlace } from "./place";
import { askForState } from "./secret-tag-query/ask";
import { parseFound } from "./secret-tag-query/found";
import { doubts, queryInputs, queryOf, type SecretTagQueryArgs } from "./secret-tag-query/inputs";
import type { FoundSecret, SecretField } from "./secret-tag-query/secrets";

const inputs = z.object({
  ...placeInputs,
  ...queryInputs.shape,
  // The answer, computed at preview.
  found: z.string().optional(),
  totalCount: z.number().optional(),
  fingerprint: z.string().optional(),
});

type Args = z.infer<typeof inputs>;
type State = Args & RecordedPlace;

const answer = ["found", "totalCount", "fingerprint"] as const;

/** @internal */
export const secretTagQuery: Definition<Args, State> = {
  type: "SecretTagQuery",
  inputs,
  resolved: [...placeKeys, ...answer],
  secrets: [],
  replaceOn: placeKeys,
  notCompared: [...placeKeys, "sequence", "pageSize"],

  defaults: declarePlace,
  differences: placeDifferences,

  async prepare(known, connection, unknown) {
    for (const doubt of doubts(known)) warn(`SecretTagQuery: ${doubt}`);
    if (unknown.size > 0) return { inputs: Object.fromEntries(answer.map((key) => [key, unknownValue])) };
    const args = known as Args;
    const place = await recordPlace(args, connection);
    return { inputs: { ...(await askForState(connection, place, queryOf(args))) } };
  },

  // The answer is among the inputs. The id says where it came from; answers come and go under the same one.
  async create(args, connection) {
    const place = await recordPlace(args, connection);
    return { id: formatId(place.projectId, "csms", "resource_instances"), outputs: place };
  },

  async read(_id, old, connection) {
    try {
      if (old) return await askForState(connection, old, queryOf(old));
    } catch (error) {
      // A question is never gone, whatever the service says of it.
      throw failedAs(error, "not-found") ? new Error(error.message, { cause: error }) : error;
    }
    throw new Error(
      "A tag query is a question, no object: there is nothing to look up. Declare a SecretTagQuery, or call secretTagQuery()",
    );
  },

  update: (_id, { region, project, projectId }) => Promise.resolve({ region, project, projectId }),

  delete: () => Promise.resolve(),
};

/**
 * The secrets that have certain tags, without their values. Every preview and update asks again; an answer that differs
 * is an update of this resource, which the preview shows secret by secret. Deleting it deletes no secret.
 *
 * For programs that need no record of the answer, or all fields of many thousand secrets, there is `secretTagQuery`.
 */
export class SecretTagQuery<Field extends SecretField = SecretField> extends pulumi.dynamic.Resource {
  /** How many secrets there are. */
  declare readonly totalCount: pulumi.Output<number>;
  /** Changes when a secret comes or goes, or one of the selected fields changes: to trigger what depends on them. */
  declare readonly fingerprint: pulumi.Output<string>;
  /** The secrets as state keeps them. */
  declare private readonly found: pulumi.Output<string | undefined>;

  constructor(name: string, args: SecretTagQueryArgs<Field>, opts?: pulumi.CustomResourceOptions) {
    super(shell, name, properties(answer, { ...args }), opts, "apig", "SecretTagQuery");
  }

  /**
   * The secrets, ordered by name; none if the action is `count`.
   *
   * More than 1,000 secrets without `select` end the program with an error here: their fields are not kept.
   */
  get resources(): pulumi.Output<FoundSecret<Field>[]> {
    return this.found.apply((found): FoundSecret<Field>[] => {
      try {
        return found === undefined ? [] : parseFound(found);
      } catch (error) {
        throw new pulumi.RunError(error instanceof Error ? error.message : String(error));
      }
    });
  }
}
