/** Random definitions, made wider and narrower: only what is narrower breaks callers. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { callableOf, effectOn, openText, readDefinition, Serving, type Callable } from "../../provider/definition";

interface Parameter {
  readonly name: string;
  readonly in: "query" | "header";
  readonly required: boolean;
  readonly isText: boolean;
  readonly least: number;
  readonly most: number;
  readonly values: readonly string[];
}

interface Operation {
  readonly method: "get" | "put" | "x-apigateway-any-method";
  readonly path: string;
  readonly prefix: boolean;
  readonly hidden: boolean;
  readonly cors: boolean;
  readonly auth: "none" | "app" | "code" | "iam";
  readonly parameters: readonly Parameter[];
}

const parameter: fc.Arbitrary<Parameter> = fc.record({
  name: fc.constantFrom("a", "b", "c"),
  in: fc.constantFrom("query", "header"),
  required: fc.boolean(),
  isText: fc.boolean(),
  least: fc.integer({ min: 1, max: 9 }),
  most: fc.integer({ min: 10, max: 99 }),
  values: fc.uniqueArray(fc.constantFrom("10", "11", "12"), { minLength: 1, maxLength: 2 }),
});

const operation: fc.Arbitrary<Operation> = fc.record({
  method: fc.constantFrom("get", "put", "x-apigateway-any-method"),
  path: fc.constantFrom("/a", "/a/b", "/a/{one}", "/c/{one}", "/c/{one}/d", "/c/{rest+}"),
  prefix: fc.boolean(),
  hidden: fc.boolean(),
  cors: fc.boolean(),
  auth: fc.constantFrom("none", "app", "code", "iam"),
  parameters: fc.uniqueArray(parameter, { maxLength: 2, selector: (one) => `${one.in} ${one.name}` }),
});

const operations = fc.uniqueArray(operation, {
  minLength: 1,
  maxLength: 5,
  selector: (one) => `${one.method} ${one.path}`,
});

/** Ways to make an operation take more; undefined where it takes all already. */
const widen: Readonly<Record<string, (one: Operation) => Operation | undefined>> = {
  prefix: (one) => (one.prefix ? undefined : { ...one, prefix: true }),
  visibility: (one) => (one.hidden ? { ...one, hidden: false } : undefined),
  cors: (one) => (one.cors ? undefined : { ...one, cors: true }),
  appCode: (one) => (one.auth === "app" ? { ...one, auth: "code" } : undefined),
  required: first(({ required }) => (required ? { required: false } : undefined)),
  least: first(({ least }) => ({ least: least - 1 })),
  most: first(({ most }) => ({ most: most + 1 })),
  values: first(({ values }) => ({ values: [...values, "13"] })),
  type: first(({ isText }) => (isText ? undefined : { isText: true, least: 0, most: 0, values: [] })),
};

function first(change: (one: Parameter) => Partial<Parameter> | undefined): (one: Operation) => Operation | undefined {
  return ({ parameters, ...rest }) => {
    const [one, ...others] = parameters;
    const changed = one && change(one);
    return changed && { ...rest, parameters: [{ ...one, ...changed }, ...others] };
  };
}

async function read(list: readonly Operation[]): Promise<Callable[]> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const one of list) paths[one.path] = { ...paths[one.path], [one.method]: written(one) };
  const scheme = (type: string, more = {}) => ({
    ...{ type: "apiKey", in: "header", name: "n", "x-apigateway-auth-type": type },
    ...more,
  });
  const code = scheme("AppSigv1", { "x-apigateway-auth-opt": { "appcode-auth-type": "header" } });
  const document = {
    ...{ openapi: "3.0.3", info: { title: "shop", version: "1" }, paths },
    components: { securitySchemes: { app: scheme("AppSigv1"), code, iam: scheme("IAM") } },
  };
  return (await readDefinition(openText(document), { mockMode: true })).operations.map(callableOf);
}

function written({ prefix, hidden, cors, auth, parameters }: Operation): object {
  return {
    responses: {},
    security: auth === "none" ? [] : [{ [auth]: [] }],
    "x-apigateway-match-mode": prefix ? "SWA" : "NORMAL",
    "x-apigateway-request-type": hidden ? "private" : "public",
    "x-apigateway-cors": cors,
    parameters: parameters.map(({ isText, least, most, values, ...one }) => ({
      ...one,
      schema: {
        type: isText ? "string" : "integer",
        ...(isText ? { minLength: least, maxLength: most } : { minimum: least, maximum: most }),
        ...(values.length > 0 && { enum: isText ? values : values.map(Number) }),
      },
    })),
  };
}

async function broken(before: readonly Operation[], after: readonly Operation[]): Promise<string[]> {
  const serving = new Serving(await read(after));
  return (await read(before)).flatMap((each) => effectOn(each, serving).breaks.map((how) => `${each.key} ${how}`));
}

describe("Random changes", () => {
  it("break nobody where there is none", async () => {
    await fc.assert(
      fc.asyncProperty(operations, async (list) => {
        assert.deepEqual(await broken(list, [...list].reverse()), []);
      }),
      { numRuns: 200 },
    );
  });

  for (const [what, change] of Object.entries(widen)) {
    it(`of ${what} break callers in one direction`, async () => {
      await fc.assert(
        fc.asyncProperty(operations, fc.nat(), async (list, place) => {
          const index = place % list.length;
          const wider = change(list[index]!);
          fc.pre(wider !== undefined);
          const other = list.with(index, wider);
          assert.deepEqual(await broken(list, other), []);
          assert.equal((await broken(other, list)).length, 1);
        }),
        { numRuns: 100 },
      );
    });
  }

  it("that take operations away break exactly those that nothing else takes", async () => {
    await fc.assert(
      fc.asyncProperty(operations, fc.nat(), async (list, place) => {
        fc.pre(list.length > 1);
        const [gone] = await read([list[place % list.length]!]);
        const left = list.filter((_one, index) => index !== place % list.length);
        const serving = new Serving(await read(left));
        assert.ok(gone);
        const isServed = (await read(left)).some((other) => takes(other, gone));
        assert.equal(
          effectOn(gone, serving).breaks.some((how) => how.startsWith("goes")),
          !isServed,
        );
      }),
      { numRuns: 500 },
    );
  });
});

/** By examples of paths that the operation gets: whether another one gets them all. */
function takes(other: Callable, gone: Callable): boolean {
  const examples = ["", ...(gone.matchMode === "SWA" ? ["/x", "/x/y"] : [])].flatMap((end) =>
    ["m", "b", "d"].flatMap((word) =>
      (gone.path.includes("+}") ? [word, `${word}/z`, `${word}/d`] : [word]).map(
        (value) => gone.path.replace(/\{[^}]*\}/, value) + end,
      ),
    ),
  );
  const pattern = other.path.replace(/\{[^}]*\+\}/, ".+").replace(/\{[^}]*\}/, "[^/]+");
  const matches = new RegExp(`^${pattern}${other.matchMode === "SWA" ? "(/.*)?" : ""}$`);
  return ["ANY", gone.method].includes(other.method) && examples.every((example) => matches.test(example));
}
