/**
 * SecretTagQuery: finds the secrets with these tags, as a resource.
 *
 * `check` asks the service, in preview and in update, so that the result is an input. So a preview names the secrets that
 * were added or removed, and values that depend on them are known. `ask.ts` makes the calls, `found.ts` says what state
 * keeps.
 */
import { failedAs } from "../../http/errors";
import type { ResourceType } from "../../lifecycle/contract";
import { unknownValue } from "../../lifecycle/unknown";
import { warn } from "../../lifecycle/warn";
import { formatId } from "../shared/ids";
import { declarePlace, placeDifferences, placeKeys, recordPlace } from "../shared/place";
import { askForState } from "./ask";
import { answer, doubts, inputs, queryOf, type Args, type State } from "./inputs";

/** @internal */
export const secretTagQuery: ResourceType<Args, State> = {
  type: "SecretTagQuery",
  inputs,
  resolved: [...placeKeys, ...answer],
  secrets: [],
  idOutputs: [],
  computed: [],
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

  // The result is among the inputs already. The id says where it came from, and stays the same for every result.
  async create(args, connection) {
    const place = await recordPlace(args, connection);
    return { id: formatId(place.projectId, "csms", "resource_instances"), outputs: place };
  },

  async read(_id, old, connection) {
    try {
      if (old) return await askForState(connection, old, queryOf(old));
    } catch (error) {
      // A query is no object of the service, so a not-found answer does not mean that it is gone.
      throw failedAs(error, "not-found") ? new Error(error.message, { cause: error }) : error;
    }
    throw new Error(
      "A tag query is a question, no object: there is nothing to look up. Declare a SecretTagQuery, or call getTaggedSecrets()",
    );
  },

  update: (_id, { region, project, projectId }) => Promise.resolve({ region, project, projectId }),

  delete: () => Promise.resolve(),
};
