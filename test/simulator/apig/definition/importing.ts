import { Refusal } from "../../core/types";
import { badFile, missing, quota, taken } from "../errors";
import { attempt } from "../http";
import { inGroup, routeKey, type Instance } from "../instance";
import type { Api } from "../model";
import { createApi, updateApi } from "../rules/apis";
import { createGroup } from "../rules/groups";
import type { ApiDefinition } from "../schemas/api";
import type { ImportForm } from "../schemas/bodies";
import { resourceName } from "../schemas/text";
import type { Document, Node, Operation } from "./document";
import { definitionOf } from "./operation";
import { clipped } from "./parameters";

interface Imported {
  readonly path: string;
  readonly method: string;
  readonly action: "create" | "update";
  readonly id: string;
}

interface Failed {
  readonly path: string;
  readonly error_msg: string;
  readonly method: string;
  readonly error_code: string;
}

export interface Outcome {
  readonly groupId: string;
  readonly success: Imported[];
  readonly failure: Failed[];
  readonly ignore: { readonly method: string; readonly path: string }[];
}

/** Adds the operations of a file to a new or a given group. APIs that are in the group already stay. */
export function importDocument(instance: Instance, document: Document, form: ImportForm): Outcome {
  const limit = instance.limit("apisPerImport");
  if (document.operations.length > limit) throw quota.apisPerImport(limit);
  const outcome: Outcome = { groupId: target(instance, document, form), success: [], failure: [], ignore: [] };
  const made = new Set<string>();
  for (const operation of document.operations) {
    const { method, path } = operation;
    const result = attempt(() => importOperation(instance, document, operation, form, outcome.groupId, made));
    if (result === "ignored") outcome.ignore.push({ method, path });
    else if (result instanceof Refusal) {
      outcome.failure.push({ path, error_msg: result.message, method, error_code: result.code });
    } else {
      made.add(result.id);
      outcome.success.push({ path, method, ...result });
    }
  }
  return outcome;
}

/** The title names a new group; with a given one, title and description do not matter. */
function target(instance: Instance, document: Document, form: ImportForm): string {
  if (!form.is_create_group) {
    const group = instance.groups.get(form.group_id ?? "");
    if (group === undefined) throw missing.importGroup();
    return group.id;
  }
  if (!resourceName.safeParse(document.title).success) throw badFile.title();
  const remark = clipped(document.description, 1000);
  return createGroup(instance, { name: document.title, remark }).id;
}

function importOperation(
  instance: Instance,
  document: Document,
  operation: Operation,
  form: ImportForm,
  groupId: string,
  made: ReadonlySet<string>,
): Pick<Imported, "action" | "id"> | "ignored" {
  const definition = definitionOf(document, operation, {
    groupId,
    mockMode: form.mock_mode,
    unnamed: () => `API_${instance.world.id().slice(0, 8)}`,
    authorizers: (fields) => authorizerId(instance, fields),
  });
  const clash = clashOf(instance, definition);
  if (clash === undefined) return { action: "create", id: createApi(instance, definition).id };
  // If two operations of one file clash, the first is used, in every mode.
  if (made.has(clash.holder.id)) throw clash.refusal;
  if (form.api_mode === "override" && clash.samePlace) {
    return { action: "update", id: updateApi(instance, clash.holder.id, definition).id };
  }
  if (form.api_mode === "merge" && instance.world.options.importClash === "ignore") return "ignored";
  throw clash.refusal;
}

/** The id of a custom authorizer. One with the same fields is used again. */
function authorizerId(instance: Instance, fields: Node): string {
  const known = instance.authorizers.first("content", JSON.stringify(fields));
  return (known ?? instance.authorizers.put({ id: instance.world.id(), fields })).id;
}

interface Clash {
  readonly holder: Api;
  readonly refusal: Refusal;
  /** Same method, path and match mode: what `override` overwrites. The same name elsewhere stays a refusal. */
  readonly samePlace: boolean;
}

function clashOf(instance: Instance, definition: ApiDefinition): Clash | undefined {
  const holder = instance.apis.first("route", routeKey(definition));
  if (holder !== undefined) return { holder, refusal: taken.route(holder.definition.name), samePlace: true };
  const namesake = instance.apis.first("name", inGroup(definition.group_id, definition.name));
  if (namesake !== undefined) return { holder: namesake, refusal: taken.apiName(), samePlace: false };
  return undefined;
}
