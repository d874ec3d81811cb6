/**
 * Places of the package where a small mistake would cost somebody something, and the mistake: each has to be noticed by the
 * tests beside it.
 */

/** A text that is there exactly once, and what takes its place. */
type Mutation = readonly [file: string, text: string, replacement: string];

/** By the folder of `test/unit` whose specs must notice. */
export const mutations: Readonly<Record<string, readonly Mutation[]>> = {
  "app-code": [
    ["resources/app-code/inputs.ts", ".min(64, ", ".min(6, "],
    ["resources/app-code/inputs.ts", ".max(180, ", ".max(1800, "],
    [
      "resources/app-code/resource.ts",
      "    // All of this value",
      "    if (old.unconfirmedSince) return;\n    // All of this value",
    ],
    ["resources/app-code/resource.ts", 'elsewhere : [...elsewhere, "appCode"]', "elsewhere : elsewhere"],
    ["resources/app-code/resource.ts", "(each) => each.app_code === old.appCode", "(each) => each.id === codeId"],
    [
      "resources/app-code/resource.ts",
      "valueKeys(old)].some((key) => neighbours.isHeld(key))",
      'valueKeys(old)].includes("")',
    ],
    ["resources/app-code/resource.ts", "value === undefined || value === code.app_code", "true"],
    ["resources/app-code/resource.ts", "throw new PartialCreateError(formatId", "void new PartialCreateError(formatId"],
    ["resources/app-code/lists.ts", "delete app.codes;\n  delete app.listed;\n  app", "delete app.listed;\n  app"],
    ["resources/app-code/lists.ts", "delete app.listed;\n  app.created", "app.created"],
    ["resources/app-code/lists.ts", "listed ? await listed : await cached", "await cached"],
    ["resources/app-code/lists.ts", "if (wait > 0) await", "if (wait > 1e9) await"],
  ],
  app: [
    ["resources/app/inputs.ts", "{2,63}$/", "{0,63}$/"],
    ["resources/app/resource.ts", "resetAppSecret(instance, appId)", "showApp(instance, appId)"],
    ["resources/app/resource.ts", "args.adopt ? await", "true ? await"],
    ["resources/app/resource.ts", 'secrets: ["appSecret"]', "secrets: []"],
  ],
  environment: [
    ["resources/environment/resource.ts", "if (!found) throw", "if (false) throw"],
    ["resources/environment/resource.ts", "args.adopt ? await", "true ? await"],
  ],
  "api-import": [
    ["resources/api-import/progress.ts", "(was ?? is) !== is", "false"],
    ["resources/api-import/resource.ts", "!old.forceDestroy", "false"],
    ["resources/api-import/resource.ts", "takesGroup ? listed : own", "listed"],
    ["resources/api-import/resource.ts", "if (takesGroup) await", "if (old.ownsGroup || true) await"],
    ["resources/api-import/resource.ts", "if (isDeepStrictEqual(document.operations, args.operations))", "if (true)"],
    ["resources/api-import/plan.ts", "blocked.has(key)));", "false));"],
    ["resources/api-import/plan.ts", "new Set(options.deleteRemoved ?", "new Set(true ?"],
    ["resources/api-import/begin.ts", "existing === undefined", "true"],
  ],
  "api-publication": [
    ["resources/api-publication/resource.ts", "=> again || !untouched(each)", "=> !untouched(each)"],
    ["resources/api-publication/resource.ts", "stoodBefore === undefined || ", "true || "],
    [
      "resources/api-publication/resource.ts",
      "isReplaced: publishId !== undefined && publishId !== now",
      "isReplaced: false",
    ],
    [
      "resources/api-publication/resource.ts",
      "await takeOffline(instance, args, here, left, neighbours)",
      "await takeOffline(instance, args, here, [], neighbours)",
    ],
    ["resources/api-publication/resource.ts", "wanted.size === 0 && args.groupId !== undefined", "false"],
    ["resources/api-publication/resource.ts", "if (group && list)", "if (false)"],
  ],
  "app-authorization": [
    ["resources/shared/leave.ts", "if (isOurs && !isReplaced) going", "if (!isReplaced) going"],
    ["resources/shared/leave.ts", "neighbours.isHeld(key)", "true"],
    ["resources/app-authorization/resource.ts", "without(there, wanted), neighbours", "[], neighbours"],
    ["resources/app-authorization/resource.ts", "if (!begun && !mayHaveWorked(error)) throw error;", "throw error;"],
    [
      "resources/app-authorization/resource.ts",
      "if (authorizations.length === 0) throw new GoneError(`None",
      "if (false) throw new GoneError(`None",
    ],
  ],
  "bkci-credential": [
    ["resources/bkci-credential/inputs.ts", "{1,40}$/", "{1,400}$/"],
    ["resources/bkci-credential/resource.ts", '!replaces.includes("server")', 'replaces.includes("server")'],
    [
      "resources/bkci-credential/resource.ts",
      "await demandOurs(caller, placeOf(id), old);\n    await remove",
      "await remove",
    ],
    [
      "resources/bkci-credential/resource.ts",
      "await demandOurs(caller, placeOf(id), old);\n    await bkci",
      "await bkci",
    ],
    ["resources/bkci-credential/resource.ts", 'replaceOn: ["server", ', "replaceOn: ["],
    ["resources/bkci-credential/look.ts", "if (!isOurs(found, old)) return [", "if (false) return ["],
    ["resources/bkci-credential/look.ts", 'if (failedAs(error, "not-found")) await', "if (false) await"],
    ["resources/bkci-credential/resource.ts", "secrets: secretSlots", "secrets: []"],
    ["resources/bkci-credential/look.ts", "updatedTime === old.updateTime) return", "true) return"],
    [
      "resources/bkci-credential/look.ts",
      'if (!failedAs(error, "not-found")) throw error;\n    throw new Error',
      "return;\n    throw new Error",
    ],
  ],
  clients: [
    ["clients/pages.ts", "if (all.size < count) throw", "if (false) throw"],
    ["clients/pages.ts", "if (items.length !== expected)", "if (false)"],
    ["clients/pages.ts", "if (total !== first.total) throw", "if (false) throw"],
    ["clients/pages.ts", "first.total > mostPages * size", "false"],
    ["clients/apig/instance.ts", "throw await confirmed(instance, error, described, args)", "throw error"],
    ["clients/apig/gone.ts", "const { envs } = await", "return error;\n    const { envs } = await"],
    ["clients/apig/gone.ts", "Promise<void> {\n  await ask(instance, environments, {});", "Promise<void> {"],
    ["clients/apig/apis.ts", "listed.length > 0 || id === undefined", "true"],
  ],
  http: [
    ["http/retry.ts", 'failure.effect === "unknown" && !idempotent', "false"],
    ["http/retry.ts", "if (this.#left < 1) return false;", ""],
    ["http/retry.ts", "Number(text) * 1000", "Number(text)"],
    ["http/redact.ts", "isInWord(text, at) || isInWord(text, end)", "false"],
    ["http/redact.ts", "const ENOUGH = 100;", "const ENOUGH = 100_000;"],
    ["http/redact.ts", "|v[1-4]|", "|v[1-3]|"],
    ["http/codes.ts", '404: "endpoint"', '404: "not-found"'],
    ["http/codes.ts", '/^APIG\\.3030$/,\n    "endpoint"', '/^APIG\\.3030$/,\n    "not-found"'],
    ["http/limits.ts", "if (instance === undefined) return", "if (true) return"],
  ],
  definition: [
    ["definition/extensions/rules.ts", "fields[name]?.isMandatory === true && ", ""],
    ["definition/extensions/rules.ts", "known.has(key) ? wrong :", "true ? wrong :"],
    ["definition/extensions/check.ts", "if (other !== undefined) return", "if (false) return"],
    ["definition/project/auth.ts", "schemes[index] === undefined", "false"],
    ["definition/project/auth.ts", "if (by.always !== undefined) return", "if (false) return"],
    ["definition/project/parameters.ts", '!name.includes("_") && ', ""],
    ["definition/project/schema.ts", " && !nullable", ""],
    ["definition/project/template.ts", "if (variable === undefined) {", "if (false) {"],
    ["definition/files.ts", "if (!inside.startsWith(dirname(real) + sep))", "if (false)"],
    ["definition/arrange.ts", "one.narrowness - other.narrowness", "0"],
    ["definition/project/auth.ts", "list.value.every(isObject)", "true"],
    ["definition/project/auth.ts", "Object.keys(json).sort()", "Object.keys(json)"],
    ["definition/project/names.ts", "one.key < other.key ? -1 : 1", "0"],
    ["definition/project/template.ts", "taken.has(name); number", "false; number"],
    ["definition/part.ts", "if (!isList(part.value))", "if (false)"],
    ["definition/definition.ts", "if (this.#placed.has(key))", "if (false)"],
    ["definition/definition.ts", "if (this.#size <= MAX_SIZE) return;", "return;"],
  ],
  hostile: [
    ["http/bounds.ts", "if (items > most)", "if (false)"],
    ["http/bounds.ts", "const DEPTH = 200;", "const DEPTH = 200_000;"],
  ],
  lifecycle: [
    ["lifecycle/manage.ts", "wanted !== undefined) {\n      throw", "false) {\n      throw"],
    ["lifecycle/manage.ts", "surroundings.isTargeted()", "false"],
    [
      "lifecycle/manage.ts",
      'if (!failedAs(error, "not-found")) throw error;\n        }\n      }),\n  };',
      "throw error;\n        }\n      }),\n  };",
    ],
    ["lifecycle/manage.ts", "held.every((key) => claims.isHeld(key))", "false"],
    ["lifecycle/claims.ts", 'stage === "begun" && wants', "wants"],
    ["lifecycle/claims.ts", "const others = forgiven ? [] :", "const others = true ? [] :"],
    ["lifecycle/validate.ts", "if (!secrets.includes(top)) return failure;", "return failure;"],
    ["hosts/dynamic/handler.ts", "return this.name;", "return this.message;"],
  ],
  settings: [
    ["settings/settings.ts", "if (given.length > 1)", "if (false)"],
    [
      "settings/settings.ts",
      "[credentials.accessKey, credentials.secretKey, credentials.securityToken]",
      "[credentials.accessKey]",
    ],
    ["settings/settings.ts", "integerText(0, 20)", "integerText(0, 2000)"],
  ],
  hosts: [
    ["hosts/engine/run.ts", "return process.kill(pid, 0);", "return true;"],
    ["hosts/engine/targeted.ts", '!flags.includes("--target-dependents")', "true"],
    ["hosts/dynamic/translate.ts", "kind === assetSignature ? new Asset(fields) : ", ""],
    ["hosts/dynamic/translate.ts", "{ [signature]: assetSignature, ...value.fields }", "{ ...value.fields }"],
    ["hosts/dynamic/translate.ts", "if (value === unknownValue) return placeholder;", ""],
  ],
  "secret-tag-query": [
    ["resources/secret-tag-query/inputs.ts", ".max(20, ", ".max(2000, "],
    ["resources/secret-tag-query/inputs.ts", "=== 36, ", "> 0, "],
  ],
};
