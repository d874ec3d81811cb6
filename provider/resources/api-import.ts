/**
 * ApiImport: an API group that follows an OpenAPI definition.
 *
 * The service's import only ever adds. Here the definition is the truth: what it adds is imported, what it changes is
 * imported again, what it drops is deleted, what somebody else changed is repaired, and nothing that this resource did
 * not make is touched. How is in `api-import/`: `converge` is the flow, `plan` decides, `progress` is what gets recorded.
 */
import { isDeepStrictEqual } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { listApis, listKnownApis, type ListedApi } from "../clients/apig/apis";
import * as groups from "../clients/apig/groups";
import type { Definition, Prepared } from "../lifecycle";
import { unknownValue } from "../lifecycle/check";
import { PartialCreateError } from "../lifecycle/errors";
import shell = require("../shells/api-import");
import { begin, type Start } from "./api-import/begin";
import { converge } from "./api-import/converge";
import { DefinitionInputError, loadDocument, type Document, type ImportOptions } from "./api-import/document";
import { Progress, type Outcome } from "./api-import/progress";
import { removeApis } from "./api-import/remove";
import { describeApi } from "./api-import/view";
import { keysIn } from "./natural-keys";
import { idOutput } from "./id-output";
import { formatId, parseId } from "./ids";
import { properties, type Input } from "./inputs";
import {
  declareInstance,
  instanceInput,
  openInstance,
  placeDifferences,
  placeInputs,
  placeKeys,
  recordPlace,
  type PlacedInstance,
  type RecordedPlace,
} from "./place";

/** Inputs of an {@link ApiImport}. */
export interface ApiImportArgs {
  /**
   * The definition, OpenAPI 3.0 or Swagger 2.0 in JSON or YAML: a file or string asset, the text, or an object. Paths
   * of file assets start at the folder of the program. Of a file only its path and digest stand in state; a text or an
   * object stands there whole, twice.
   */
  definition: Input<pulumi.asset.Asset | string | Record<string, unknown>>;
  /** The group to import into. Default: a new group, named like `info.title`. A change replaces. */
  groupId?: Input<string>;
  /**
   * Whether policies that clash by name are kept (`merge`) or overwritten (`override`), in imports from now on.
   * Default: `merge`.
   */
  extendMode?: Input<"merge" | "override">;
  /**
   * Whether APIs of others with the method, path and match mode of an operation are kept (`merge`), or overwritten and
   * ours from then on (`override`). Default: `merge`.
   */
  apiMode?: Input<"merge" | "override">;
  /** The service's simple import mode. Default: false. */
  simpleMode?: Input<boolean>;
  /** Whether operations without a backend get a mock one. Default: false. */
  mockMode?: Input<boolean>;
  /** Whether operations that vanish from the definition are taken offline and deleted. Default: true. */
  deleteRemoved?: Input<boolean>;
  /** Whether a delete of the group also deletes APIs that others made in it. Default: false. */
  forceDestroy?: Input<boolean>;
  /**
   * Takes over what exists: the group `groupId`, or without that the one named like `info.title`, which then goes with
   * this resource; and APIs of others that have method and path of an operation. Those that look as the definition says
   * are not sent again. For what an interrupted run made, too. Default: false.
   */
  adopt?: Input<boolean>;
  /** The APIG instance. Default: `huaweicloud:instanceId`. A change replaces. */
  instanceId?: Input<string>;
}

/** An operation that was imported. */
export interface ImportedApi {
  /** Id of the API. */
  id: string;
  /** Upper-case method, or `ANY`. */
  method: string;
  /** Path, as in the definition. */
  path: string;
  /** What was last done: `create`, `update`, or `adopt`. */
  action: string;
  /** Name of the API: the `operationId`, or one that the service made. */
  name: string;
}

const mode = z.enum(["merge", "override"], { error: 'must be "merge" or "override"' }).optional();

const inputs = z.object({
  ...placeInputs,
  ...instanceInput,
  definition: z.custom((value) => value !== undefined && value !== null, "required, but missing"),
  groupId: z.string().min(1).optional(),
  extendMode: mode,
  apiMode: mode,
  simpleMode: z.boolean().optional(),
  mockMode: z.boolean().optional(),
  deleteRemoved: z.boolean().optional(),
  forceDestroy: z.boolean().optional(),
  adopt: z.boolean().optional(),
  // Computed at preview from the definition, so that the preview names each operation.
  operations: z.record(z.string(), z.string()).optional(),
  title: z.string().optional(),
  description: z.string().optional(),
});

type Args = z.infer<typeof inputs>;
type State = Args & RecordedPlace & Outcome;

const computed = ["operations", "title", "description"] as const;

/** @internal */
export const apiImport: Definition<Args, State> = {
  type: "ApiImport",
  inputs,
  resolved: [...placeKeys, ...computed],
  // Not a secret, but as long as a book: a failure names it without printing it.
  secrets: ["definition"],
  replaceOn: [...placeKeys, "instanceId", "groupId"],
  notCompared: [...placeKeys, "definition", "adopt"],
  filledIn: ["groupId"],

  // A group that is given may be shared: several definitions can fill it.
  wants: (args) => (args.groupId === undefined ? keysIn(args, ["the API group named", args.title]) : []),
  holds: (_id, state) => keysIn(state, groupPart(state), ...state.apis.map(apiPart)),

  defaults: declareInstance,
  async differences(old, inputs, connection) {
    const elsewhere = await placeDifferences(old, inputs, connection);
    // A group that was given and is not any more: the program wants one of its own now.
    return !old.ownsGroup && inputs.groupId === undefined ? [...elsewhere, "groupId"] : elsewhere;
  },

  async prepare(known, _connection, unknown): Promise<Prepared> {
    // A group that is not known yet is given all the same; it decides only what the title is good for.
    const createsGroup = known.groupId === undefined && !unknown.has("groupId");
    if (["definition", "mockMode", "simpleMode"].some((key) => unknown.has(key))) {
      const operations = unknownValue;
      return { inputs: createsGroup ? { operations, title: unknownValue, description: unknownValue } : { operations } };
    }
    try {
      const options = { ...optionsOf(known), createsGroup };
      const { operations, title, description } = await loadDocument(known.definition, options);
      return { inputs: createsGroup ? { operations, title, description } : { operations } };
    } catch (error) {
      if (!(error instanceof DefinitionInputError)) throw error;
      return { failures: [{ property: "definition", reason: error.message }] };
    }
  },

  async create(args, connection) {
    const place = await recordPlace(args, connection);
    const instance = await openInstance(connection, place, args.instanceId);
    const document = await loadUnchanged(args);
    const { groupId, adopt = false } = args;
    const start = await begin(instance, document, { groupId, adopt, modes: modesOf(args) });
    const id = formatId(args.instanceId, start.progress.groupId);
    return { id, outputs: await follow(id, instance, document, start, args) };
  },

  async read(id, old, connection) {
    const { instance: instanceId, group: groupId } = parseId(id, ["instance", "group"]);
    const instance = await openInstance(connection, old, instanceId);
    const group = await groups.showGroup(instance, groupId);
    if (!old) return { ...instance.place, instanceId, ...lookedUp(groupId, await listApis(instance, { groupId })) };
    const progress = new Progress(groupId, old.ownsGroup, old);
    const listed = await listKnownApis(instance, groupId, progress.ids);
    progress.see(listed);
    progress.reopen(listed);
    const outcome = progress.outcome();
    if (old.title === undefined) return outcome;
    // As for other remarks: one that the definition leaves out may stay on the group for ever.
    const description = old.description === undefined ? undefined : (group.remark ?? undefined);
    return { ...outcome, title: group.name, description };
  },

  async update(id, old, args, connection) {
    const instance = await openInstance(connection, old, old.instanceId);
    const document = await loadUnchanged(args);
    const renamed = args.title !== undefined && (args.title !== old.title || args.description !== old.description);
    if (renamed) {
      await groups.updateGroup(instance, old.groupId, { name: document.title, remark: document.description ?? "" });
    }
    const progress = new Progress(old.groupId, old.ownsGroup, old);
    return follow(id, instance, document, { progress }, args);
  },

  async delete(id, old, connection, neighbours) {
    const { group: groupId } = parseId(id, ["instance", "group"]);
    const instance = await openInstance(connection, old, old.instanceId);
    const progress = new Progress(groupId, old.ownsGroup, old);
    const listed = await listKnownApis(instance, groupId, progress.ids);
    progress.see(listed);
    const foreign = progress.strangers(listed);
    const isLive = (part: readonly string[]) => keysIn(old, part).some((key) => neighbours.isHeld(key));
    // What another resource of the program follows now is its own: the group, or APIs of it.
    const takesGroup = old.ownsGroup && !isLive(groupPart(old));
    if (takesGroup && foreign.length > 0 && !old.forceDestroy) {
      throw new Error(
        `Group ${groupId} holds APIs that this resource did not make: ${foreign.map(describeApi).join(", ")}. ` +
          `Delete them, or set forceDestroy: true and run \`pulumi up\` before the destroy to delete them too.`,
      );
    }
    const own = listed.filter((api) => !foreign.includes(api) && !isLive(apiPart(api)));
    await removeApis(instance, takesGroup ? listed : own);
    if (takesGroup) await groups.deleteGroup(instance, groupId);
  },
};

const groupPart = ({ groupId }: { readonly groupId: string }) => ["API group", groupId];
const apiPart = ({ id }: { readonly id: string }) => ["API", id];

/** Converges, and hands what was made to the engine when a step fails. */
async function follow(
  id: string,
  instance: PlacedInstance,
  document: Document,
  start: Start,
  args: Args,
): Promise<object> {
  const outputs = () => ({
    ...instance.place,
    ...start.progress.outcome(),
  });
  try {
    const { deleteRemoved = true, adopt = false } = args;
    await converge(instance, document, start, { ...modesOf(args), deleteRemoved, adopt });
  } catch (error) {
    throw new PartialCreateError(id, outputs(), error);
  }
  return outputs();
}

/** Reads the definition again and makes sure that it is what the preview was computed from. */
async function loadUnchanged(args: Args): Promise<Document> {
  const document = await loadDocument(args.definition, optionsOf(args));
  if (isDeepStrictEqual(document.operations, args.operations)) return document;
  throw new Error("The definition changed while it was being applied. Run the update again.");
}

function optionsOf(args: Partial<Args>): ImportOptions {
  return {
    createsGroup: args.groupId === undefined,
    mockMode: args.mockMode ?? false,
    simpleMode: args.simpleMode ?? false,
  };
}

/** The modes of the import with the defaults of its page. */
function modesOf(args: Args) {
  const { extendMode = "merge", apiMode = "merge", simpleMode = false, mockMode = false } = args;
  return { extendMode, apiMode, simpleMode, mockMode };
}

/** The outputs of a group that is only looked at. */
function lookedUp(groupId: string, listed: readonly ListedApi[]): Outcome {
  const progress = new Progress(groupId, false);
  progress.observe(listed);
  const apis = listed.map((api) => {
    const { id, req_method: method, req_uri: path, name } = api;
    return { id, method, path, action: "none", name };
  });
  return { ...progress.outcome(), apis };
}

/**
 * An API group that follows an OpenAPI definition.
 *
 * A refresh sees what the list call shows of an API: name, method, path, match mode, visibility, protocol,
 * authentication, kind of back end, CORS, remark and tags. It does not see addresses of back ends nor parameters: changes
 * made to these outside stay until the operation changes in the definition.
 */
export class ApiImport extends pulumi.dynamic.Resource {
  /** Id of the group. */
  readonly groupId: pulumi.Output<string>;
  /** The APIs that this resource made or adopted. */
  declare readonly apis: pulumi.Output<ImportedApi[]>;
  /**
   * Each operation, such as `GET /pets`, with a digest of everything that APIG keeps of it; after a refresh with
   * `changed outside: ...` or `deleted outside` where the next update has something to repair.
   */
  declare readonly operations: pulumi.Output<Record<string, string>>;
  /** What the list call shows of each API of the group, also of those of others: one line each. */
  declare readonly observed: pulumi.Output<Record<string, string>>;
  /** Operations that the service left out because APIs of others are in their way; tried again when these go. */
  declare readonly ignored: pulumi.Output<string[]>;
  /** The APIG instance. */
  declare readonly instanceId: pulumi.Output<string>;

  constructor(name: string, args: ApiImportArgs, opts?: pulumi.CustomResourceOptions) {
    const outputs = ["apis", "operations", "observed", "ignored", "instanceId"];
    super(shell, name, properties(outputs, args), opts, "apig", "ApiImport");
    this.groupId = idOutput(this, opts, 1);
  }

  /**
   * Looks up a group that exists, without managing it.
   *
   * @param id `instance/group`
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): ApiImport {
    return new ApiImport(name, {} as ApiImportArgs, { ...opts, id });
  }
}
