import { z } from "zod";
import { canNameGroup, type OperationDefaults, type OperationOverrides } from "../../definition";
import { adoptInput, type Adopt } from "../shared/adopt-input";
import { instanceInput, placeInputs, type RecordedPlace } from "../shared/place";
import type { Asset } from "../../lifecycle/asset";
import type { Outcome } from "./outcome";
import { defaults, overrides, pathPrefix } from "./rules";

/** Inputs of an {@link ApiImport}. */
export interface ApiImportInputs {
  /**
   * The definition as frameworks write it, OpenAPI 3.0, 3.1, 3.2 or Swagger 2.0 in JSON or YAML: a file or string asset, the
   * text, or an object. Only what APIG keeps is read of it. A file may refer to others in its folder and below. Paths of
   * file assets start at the folder of the program. Of a file only its path and digest stand in state; a text or an object
   * stands there whole, twice.
   */
  definition: Asset | string | Record<string, unknown>;
  /** The group to import into. Default: a new group, see `groupName`. A change replaces. */
  groupId?: string;
  /**
   * Name of the group to make: 3 to 64 characters, a letter, digit or Chinese character first, then also `-_./():`. Default:
   * `info.title`; where that cannot name a group, its letters and digits, joined by `_`: `Shop API` makes `Shop_API`. A
   * change renames the group.
   */
  groupName?: string;
  /** What operations get where the definition does not say. */
  defaults?: OperationDefaults;
  /**
   * What operations get whatever the definition says, by `"GET /orders/{id}"`, `"/orders/{id}"`, `"/internal/*"` or
   * `"tag:admin"`; `false` leaves them out. Of several that meet an operation the narrower wins, member by member: tags,
   * then patterns, longer ones later, then paths. One that meets no operation is an error.
   */
  overrides?: Record<string, OperationOverrides | false>;
  /** Put before every path at the gateway, not at the back end: `/shop`. */
  pathPrefix?: string;
  /**
   * What becomes of operations that APIG has no way to serve, such as mixed templates (`/reports/{id}.json`) and TRACE: an
   * error (`fail`), or left out, told in a warning and in `skipped` (`skip`). Default: `fail`.
   */
  unsupported?: "fail" | "skip";
  /**
   * Whether policies that clash by name are kept (`merge`) or overwritten (`override`), in imports from now on.
   * Default: `merge`.
   */
  extendMode?: "merge" | "override";
  /**
   * Whether APIs of others with the method, path and match mode of an operation are kept (`merge`), or overwritten and
   * ours from then on (`override`). Default: `merge`.
   */
  apiMode?: "merge" | "override";
  /** The service's simple import mode. Default: false. */
  simpleMode?: boolean;
  /** Whether operations without a backend get a mock one. Default: false. */
  mockMode?: boolean;
  /** Whether operations that vanish from the definition are taken offline and deleted. Default: true. */
  deleteRemoved?: boolean;
  /** Whether a delete of the group also deletes APIs that others made in it. Default: false. */
  forceDestroy?: boolean;
  /**
   * What becomes of changes that break those who call published operations today: told at preview (`warn`), an error
   * (`refuse`), or nothing (`ignore`). Default: `warn`.
   */
  breakingChanges?: "warn" | "refuse" | "ignore";
  /** Operations that may break, with keys as in `overrides`, by their paths at the gateway before the change. */
  mayBreak?: string[];
  /**
   * Takes over what exists: the group `groupId`, or without that the one of the name of `groupName`, which then goes with
   * this resource; and APIs of others that have method and path of an operation. Those that look as the definition says
   * in the list and in an export are not sent again. `"only"` fails if there is no such group. For what an interrupted run
   * made, too. Nobody can see whether another stack has any of it, too. Default: false.
   */
  adopt?: Adopt;
  /** Any values; when one changes, all own operations are imported again, for what no look can see. */
  triggers?: Record<string, string>;
  /** The APIG instance. Default: `huaweicloud:instanceId`. A change replaces. */
  instanceId?: string;
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
  /** Name of the API: the `operationId`, or one made of method and path. */
  name: string;
  /** How callers prove who they are: `NONE`, `APP`, `APP+AppCode`, `IAM` or `AUTHORIZER`. */
  authentication: string;
}

const mode = z.enum(["merge", "override"], { error: 'must be "merge" or "override"' }).optional();

/** @internal */
export const inputs = z.object({
  ...placeInputs,
  ...instanceInput,
  definition: z.custom((value) => value !== undefined && value !== null, "required, but missing"),
  groupId: z.string().min(1).optional(),
  groupName: z
    .string()
    .refine(canNameGroup, "must have 3 to 64 characters: a letter, digit or Chinese character, then also - _ . / ( ) :")
    .optional(),
  defaults,
  overrides,
  pathPrefix,
  unsupported: z.enum(["fail", "skip"], 'must be "fail" or "skip"').optional(),
  extendMode: mode,
  apiMode: mode,
  simpleMode: z.boolean().optional(),
  mockMode: z.boolean().optional(),
  deleteRemoved: z.boolean().optional(),
  forceDestroy: z.boolean().optional(),
  breakingChanges: z.enum(["warn", "refuse", "ignore"], 'must be "warn", "refuse" or "ignore"').optional(),
  mayBreak: z.array(z.string().min(1)).optional(),
  ...adoptInput,
  triggers: z.record(z.string(), z.string()).optional(),
  // Computed at preview from the definition, so that the preview names each operation.
  operations: z.record(z.string(), z.string()).optional(),
  skipped: z.array(z.string()).optional(),
  title: z.string().optional(),
  description: z.string().optional(),
});

/** @internal */
export type Args = z.infer<typeof inputs>;
/** @internal */
export type State = Args & RecordedPlace & Outcome;

/** @internal */
export const computed = ["operations", "skipped", "title", "description"] as const;
