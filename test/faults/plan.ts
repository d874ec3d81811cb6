/**
 * The stacks in schedules. They are small enough to shrink and to read, and have every kind of dependency between
 * resources of this package.
 */
import fc from "fast-check";
import type { Bag } from "../support/life";
import { Ref, type Declared } from "./mini-engine";

/** One operation of a definition; the version is in its mock answer. */
export interface PlannedOperation {
  readonly key: (typeof operationKeys)[number];
  readonly version: number;
  /** Which of the operation ids it has. Another key may have had that id before. */
  readonly operationId: number;
  readonly matchMode: "NORMAL" | "SWA";
}

export interface PlannedImport {
  readonly operations: readonly PlannedOperation[];
  readonly title: number;
  readonly apiMode: "merge" | "override";
  /** Whether it imports into the group of somebody else instead of its own. */
  readonly intoTheirs: boolean;
}

export interface PlannedCode {
  readonly app: number;
  readonly rotate: number;
  /** Index of a given value; undefined if the service generates the value. */
  readonly value: number | undefined;
}

/** What a program declares. The index in a list is part of a resource's name; a free place is undefined. */
export interface Plan {
  readonly apps: readonly ({ name: number; remark: number | undefined; rotateSecret: number } | undefined)[];
  readonly codes: readonly (PlannedCode | undefined)[];
  readonly imports: readonly (PlannedImport | undefined)[];
  readonly environment: { slot: number; name: number; remark: number | undefined } | undefined;
  readonly publish: "group" | "apis" | undefined;
  /** How many of the published APIs the apps may call. With 0 there is no authorization. */
  readonly authorize: number;
  readonly credentials: readonly (
    { id: number; type: number; value: number; remark: number | undefined } | undefined
  )[];
  readonly query: number | undefined;
}

export const emptyPlan: Plan = {
  apps: [undefined, undefined],
  codes: [undefined, undefined],
  imports: [undefined, undefined],
  environment: undefined,
  publish: undefined,
  authorize: 0,
  credentials: [undefined, undefined],
  query: undefined,
};

export const operationKeys = ["GET /a", "POST /a", "GET /b", "DELETE /c/{id}"] as const;

/** A group of somebody else, one of the initial objects. */
export const theirGroup = "7".repeat(32);

/** Every value that must never be printed begins like this. */
export const canary = "CaNaRy";

export const givenCode = (value: number) => `${canary}${"x".repeat(64)}${value}`;
export const credentialTypes = ["PASSWORD", "ACCESSTOKEN", "USERNAME_PASSWORD"] as const;

const small = (most: number) => fc.integer({ min: 0, max: most });
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
const remark = maybe(small(1));

const operations = (moving: boolean) =>
  fc
    .uniqueArray(
      fc.record({
        key: fc.constantFrom(...operationKeys),
        version: small(2),
        operationId: small(4),
        matchMode: fc.constantFrom("NORMAL" as const, "NORMAL" as const, "SWA" as const),
      }),
      { selector: ({ key }) => key, minLength: 1, maxLength: operationKeys.length },
    )
    .map((list) => {
      // Without moves an operation keeps its id. With moves each id occurs once.
      const seen = new Set<number>();
      return list.flatMap((operation) => {
        const operationId = moving ? operation.operationId : operationKeys.indexOf(operation.key);
        if (seen.has(operationId)) return [];
        seen.add(operationId);
        return [{ ...operation, operationId }];
      });
    });

/**
 * @param moving whether operation ids move from path to path
 * @param intoTheirs whether the first import goes into the group of somebody else
 */
export const plans = (moving: boolean, intoTheirs: boolean): fc.Arbitrary<Plan> =>
  fc.record({
    apps: fc.tuple(...[0, 1].map(() => maybe(fc.record({ name: small(1), remark, rotateSecret: small(1) })))),
    codes: fc.tuple(...[0, 1].map(() => maybe(fc.record({ app: small(1), rotate: small(1), value: maybe(small(1)) })))),
    imports: fc.tuple(
      ...[0, 1].map((slot) =>
        maybe(
          fc.record({
            operations: operations(moving),
            title: small(1),
            apiMode: fc.constantFrom("merge" as const, "override" as const),
            intoTheirs: fc.constant(intoTheirs && slot === 0),
          }),
        ),
      ),
    ),
    environment: maybe(fc.record({ slot: small(1), name: small(1), remark })),
    publish: maybe(fc.constantFrom("group" as const, "apis" as const)),
    authorize: small(2),
    credentials: fc.tuple(
      ...[0, 1].map(() => maybe(fc.record({ id: small(1), type: small(2), value: small(1), remark }))),
    ),
    query: maybe(small(1)),
  });

/** The definition of a planned import. */
export function definitionOf(slot: number, { operations: planned, title }: PlannedImport): Bag {
  const paths: Record<string, Bag> = {};
  for (const { key, version, operationId, matchMode } of planned) {
    const [method = "", path = ""] = key.split(" ");
    const own = path.includes("{id}") ? [{ name: "id", in: "path", required: true, schema: { type: "string" } }] : [];
    (paths[`/s${slot}${path}`] ??= {})[method.toLowerCase()] = {
      operationId: `s${slot}_operation_${operationId}`,
      parameters: own,
      responses: { 200: { description: "fine" } },
      security: [{ appcode: [] }],
      "x-apigateway-match-mode": matchMode,
      "x-apigateway-backend": { type: "MOCK", mockEndpoints: { "result-content": `version ${version}` } },
    };
  }
  return {
    openapi: "3.0.3",
    info: { title: `shop${slot}_${title}`, version: "1" },
    paths,
    components: {
      securitySchemes: {
        appcode: {
          type: "apiKey",
          name: "Authorization",
          in: "header",
          "x-apigateway-auth-type": "AppSigv1",
          "x-apigateway-auth-opt": { "appcode-auth-type": "header" },
        },
      },
    },
  };
}

const idPart = (of: string, index: number) => new Ref(of, (id) => id.split("/")[index], true);

/** The slot of the published import, if one is published. */
export const publishedSlot = ({ imports, environment, publish }: Plan): number | undefined =>
  environment && publish ? ([0, 1] as const).find((slot) => imports[slot]) : undefined;

export const text = (kind: string, number: number | undefined) =>
  number === undefined ? undefined : `${kind} ${number}`;

/**
 * The resources of a plan in the order of their dependencies.
 *
 * @param options what all imports of a schedule have in common
 * @param adopting names of the resources that take over existing objects
 */
export function programOf(plan: Plan, options: { deleteRemoved: boolean }, adopting: ReadonlySet<string>): Declared[] {
  const program: Declared[] = [];
  const declare = (name: string, type: Declared["type"], inputs: Bag) => {
    program.push({ name, type, inputs: adopting.has(name) ? { ...inputs, adopt: true } : inputs });
    return name;
  };
  const apps = plan.apps.map(
    (app, slot) =>
      app &&
      declare(`app${slot}`, "App", {
        name: `app${slot}_${app.name}`,
        remark: text("remark", app.remark),
        rotateSecret: { n: String(app.rotateSecret) },
      }),
  );
  const codes = plan.codes.map((code, slot) => {
    const app = code && apps[code.app];
    if (!app) return undefined;
    return declare(`code${slot}`, "AppCode", {
      appId: idPart(app, 1),
      rotate: { n: String(code.rotate) },
      // Given values differ from slot to slot, because two equal codes of one app look the same.
      ...(code.value !== undefined && { appCode: givenCode(2 * slot + code.value) }),
    });
  });
  const imports = plan.imports.map(
    (planned, slot) =>
      planned &&
      declare(`import${slot}`, "ApiImport", {
        definition: definitionOf(slot, planned),
        apiMode: planned.apiMode,
        deleteRemoved: options.deleteRemoved,
        ...(planned.intoTheirs && { groupId: theirGroup }),
      }),
  );
  if (plan.environment) {
    const { slot, name, remark: remarked } = plan.environment;
    const environment = declare(`environment${slot}`, "Environment", {
      name: `env${slot}_${name}`,
      remark: text("remark", remarked),
    });
    const source = publishedSlot(plan);
    const imported = source === undefined ? undefined : imports[source];
    if (imported) {
      declarePublication(plan, { environment, imported, apps: apps.filter((app) => app !== undefined) }, declare);
    }
  }
  plan.credentials.forEach((credential, slot) => {
    if (!credential) return;
    const type = credentialTypes[credential.type] ?? "PASSWORD";
    const code = codes[slot];
    const value = code ? new Ref(code, (_id, { appCode }) => appCode) : `${canary} value ${credential.value}`;
    declare(`credential${slot}`, "BkciCredential", {
      credentialId: `credential${slot}_${credential.id}`,
      type,
      remark: text("remark", credential.remark),
      [type === "ACCESSTOKEN" ? "accessToken" : "password"]: value,
      ...(type === "USERNAME_PASSWORD" && { username: "user" }),
    });
  });
  if (plan.query !== undefined) {
    declare("query", "SecretTagQuery", { action: "filter", tags: [{ key: "env", values: [`env${plan.query}`] }] });
  }
  return program;
}

function declarePublication(
  { imports, publish, authorize }: Plan,
  { environment, imported, apps }: { environment: string; imported: string; apps: string[] },
  declare: (name: string, type: Declared["type"], inputs: Bag) => string,
): void {
  // The group of somebody else also has APIs that are not ours.
  const ofGroup = publish === "group" && !imports[Number(imported.at(-1))]?.intoTheirs;
  const published = declare("publication", "ApiPublication", {
    envId: idPart(environment, 1),
    triggers: new Ref(imported, (_id, { operations: fingerprints }) => fingerprints),
    ...(ofGroup
      ? { groupId: idPart(imported, 1) }
      : { apiIds: new Ref(imported, (_id, { apis }) => (apis as { id: string }[]).map(({ id }) => id)) }),
  });
  if (authorize === 0 || apps.length === 0) return;
  declare("authorization", "AppAuthorization", {
    envId: idPart(environment, 1),
    appIds: apps.map((app) => idPart(app, 1)),
    apiIds: new Ref(published, (_id, outputs) =>
      (outputs["published"] as { apiId: string }[]).slice(0, authorize).map(({ apiId }) => apiId),
    ),
  });
}
