/** Random steps between two checks of an import. They are only data, so that a failing run can be read and shrunk. */
import fc from "fast-check";
import type { Spec } from "../../support/definitions";

/** Index of an object, modulo how many there are. */
const pick = fc.nat(9);
const path = fc.nat(4).map((n) => `/p${n}`);
/** Few names, so that they clash often. An absent name is made from method and path. */
const name = fc.option(
  fc.nat(5).map((n) => `name-${n}`),
  { nil: undefined, freq: 3 },
);

/** The fields of an operation besides method, path and name. */
const content = fc.record({
  backend: fc.nat(3).map((n) => `/b${n}`),
  auth: fc.constantFrom("none", "app", "code", "iam"),
  params: fc.subarray(["one", "two"]),
  hidden: fc.boolean(),
  cors: fc.boolean(),
  remark: fc.constantFrom("", "a remark", "another"),
}) satisfies fc.Arbitrary<Partial<Spec>>;

const operation: fc.Arbitrary<Spec> = fc
  .tuple(fc.constantFrom("GET", "POST", "ANY"), path, name, fc.boolean(), content)
  .map(([method, path, name, prefix, rest]) => ({ method, path, name, prefix, ...rest }));

const kind = <Name extends string, Values extends object>(
  name: Name,
  fields: { [Key in keyof Values]: fc.Arbitrary<Values[Key]> },
) => fc.record<Values>(fields).map((values): { readonly kind: Name } & Values => ({ kind: name, ...values }));

const edit = fc.oneof(
  kind("add", { operation }),
  kind("remove", { pick }),
  kind("change", { pick, content }),
  kind("rename", { pick, name }),
  kind("swap names", { pick, other: pick }),
  kind("move", { pick, path }),
  kind("match otherwise", { pick }),
);

const outside = fc.oneof(
  kind("adds", { operation }),
  kind("deletes", { pick }),
  kind("alters", { pick, name, path: fc.option(path), prefix: fc.boolean(), content }),
  kind("publishes", { pick }),
  kind("takes offline", { pick }),
  kind("renames the group", { name: fc.constantFrom("renamed", "other") }),
);

const args = fc.record({
  deleteRemoved: fc.boolean(),
  apiMode: fc.constantFrom("merge" as const, "merge" as const, "override" as const),
  adopt: fc.boolean(),
});

const fault = fc.record({
  operation: fc.constantFrom(
    "ImportApiDefinitionsV2",
    "ImportApiDefinitionsV2",
    "ListApisV2",
    "DeleteApiV2",
    "BatchPublishOrOfflineApiV2",
    "apig",
  ),
  nth: fc.constantFrom(1, 1, 2, 3),
  times: fc.constantFrom(1, 1, 1, 2, 8),
  kind: fc.constantFrom(
    "dropBefore" as const,
    "dropAfter" as const,
    { status: 503, effect: true },
    { status: 500, code: "APIG.9999" },
    { status: 400, code: "APIG.2012" },
  ),
});

/** A fault that must never lose an object: one import whose answer is lost. */
const lostImport = fc.record({
  operation: fc.constant("ImportApiDefinitionsV2" as const),
  nth: fc.constantFrom(1, 1, 2),
  times: fc.constant(1),
  kind: fc.constantFrom(
    "dropBefore" as const,
    "dropAfter" as const,
    { status: 503, effect: true },
    { status: 500, code: "APIG.9999" },
  ),
});

const title = fc.constantFrom("shop", "store", "market");
const description = fc.constantFrom("", "first", "second");
const nothing = {};

const up = kind("up", nothing);
const faultyUp = kind("up with faults", {
  faults: fc.oneof(fc.tuple(lostImport), fc.array(fault, { minLength: 1, maxLength: 2 })),
});
const killedUp = kind("up that is killed", nothing);

const step = fc.oneof(
  { weight: 5, arbitrary: kind("edit", { edits: fc.array(edit, { minLength: 1, maxLength: 4 }) }) },
  { weight: 3, arbitrary: kind("outside", { act: outside }) },
  { weight: 1, arbitrary: kind("set", { args }) },
  { weight: 1, arbitrary: kind("retitle", { title, description }) },
  { weight: 5, arbitrary: up },
  { weight: 3, arbitrary: faultyUp },
  { weight: 1, arbitrary: killedUp },
  { weight: 2, arbitrary: kind("refresh", nothing) },
);

export const scenario = fc.record({
  /** The APIs of others in a group of others; absent, the group is made. */
  given: fc.oneof(fc.constant(undefined), fc.constant(undefined), fc.array(operation, { maxLength: 2 })),
  importClash: fc.constantFrom("failure" as const, "ignore" as const),
  args,
  document: fc.array(operation, { minLength: 1, maxLength: 4 }),
  first: fc.oneof({ weight: 3, arbitrary: up }, { weight: 2, arbitrary: faultyUp }, { weight: 1, arbitrary: killedUp }),
  steps: fc.array(step, { minLength: 2, maxLength: 12 }),
});

type Value<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Type> ? Type : never;
export type Scenario = Value<typeof scenario>;
export type Step = Value<typeof step>;
export type Edit = Value<typeof edit>;
export type OutsideAct = Value<typeof outside>;
export type Fault = Value<typeof fault> | Value<typeof lostImport>;
