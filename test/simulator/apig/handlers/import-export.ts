import { stringify } from "yaml";
import { Refusal, type Call, type Reply } from "../../core/types";
import { readDocument } from "../definition/document";
import { exportDocument } from "../definition/exporting";
import { importDocument, type Outcome } from "../definition/importing";
import { invalid, missing } from "../errors";
import { attempt, parameter, parse, type Handler } from "../http";
import type { Instance } from "../instance";
import { findEnvironment } from "../rules/environments";
import { findGroup } from "../rules/groups";
import * as bodies from "../schemas/bodies";
import * as queries from "../schemas/queries";

/** The form's one file part. */
const filePart = "file_name";

function runImport(call: Call, instance: Instance): { outcome: Outcome; operations: number } {
  const { fields = {}, files = {} } = call.form ?? {};
  const form = parse(bodies.importForm, fields);
  const unknown = Object.keys(files).find((name) => name !== filePart);
  if (unknown !== undefined) throw invalid(unknown);
  const file = files[filePart];
  if (file === undefined) throw invalid(filePart);
  const document = readDocument(file.content);
  return { outcome: importDocument(instance, document, form), operations: document.operations.length };
}

/** `ignore` is newer than the page. The answer has it if something was ignored. */
function show(instance: Instance, { groupId, failure, success, ignore }: Outcome) {
  const swagger = { id: instance.world.id(), result: "Success" };
  return {
    group_id: groupId,
    failure,
    success,
    ...(ignore.length === 0 ? {} : { ignore }),
    ...(instance.world.options.importSwagger === "flat"
      ? { swagger_id: swagger.id, result: swagger.result }
      : { swagger }),
  };
}

export const importNow: Handler = (call, instance) => {
  const { outcome, operations } = runImport(call, instance);
  return { status: 200, body: show(instance, outcome), note: `operations=${operations}` };
};

/** Imports at once. A refusal is in the task, as on its page. */
export const importLater: Handler = (call, instance) => {
  const result = attempt(() => runImport(call, instance));
  const id = instance.world.id();
  if (result instanceof Refusal) {
    const error = { error_code: result.code, error_msg: result.message };
    instance.tasks.put({ id, status: "failed", result: JSON.stringify(error) });
    return { status: 202, body: { task_id: id } };
  }
  instance.tasks.put({ id, status: "succeed", result: JSON.stringify(show(instance, result.outcome)) });
  return { status: 202, body: { task_id: id }, note: `operations=${result.operations}` };
};

export const readTask: Handler = (call, instance) => {
  const id = parameter(call, "task_id");
  const task = instance.tasks.get(id);
  if (task === undefined) throw missing.task();
  return {
    status: 200,
    body: { task_id: id, task_status: task.status, task_type: "import_api", task_result: task.result },
  };
};

/** The answer is the file itself. */
export const exportNow: Handler = (call, instance): Reply => {
  const { oas_version } = parse(queries.exporting, call.query);
  const body = parse(bodies.exporting, call.body);
  const document = exportDocument(instance, {
    version: oas_version,
    group: findGroup(instance, body.group_id),
    environmentId: findEnvironment(instance, body.env_id).id,
    define: body.define,
    documentVersion: body.version ?? instance.time(),
    apiIds: body.apis,
  });
  return body.type === "json" ? { status: 200, body: document } : { status: 200, body: stringify(document) };
};
