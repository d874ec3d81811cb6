import assert from "node:assert/strict";
import { checkDefinition, loadDefinition, titleProblems, type CheckOptions } from "../../../provider/definition";
import { backend, ok, openapi, swagger } from "./documents";

const MOCKED: CheckOptions = { mockMode: true, createsGroup: false };

async function found(source: Record<string, unknown>, options = MOCKED): Promise<string[]> {
  return checkDefinition(await loadDefinition(source), options).map(({ pointer, message }) => `${pointer}: ${message}`);
}

const get = (more: Record<string, unknown> = {}) => ({ get: { responses: ok, ...more } });
const parameter = (place: string, name: string) => ({ name, in: place, required: true, type: "string" });

describe("checking a definition before import", () => {
  it("finds nothing wrong with an ordinary one", async () => {
    const paths = {
      "/pets/{id}": get({
        operationId: "show_pet",
        "x-apigateway-backend": backend,
        parameters: [{ name: "id", in: "path", required: true, schema: {} }],
      }),
    };
    assert.deepEqual(await found(openapi(paths), { mockMode: false, createsGroup: true }), []);
  });

  it("wants a backend from every operation unless mockMode gives one", async () => {
    const paths = {
      "/a": get({ "x-apigateway-backend": backend }),
      "/b": get(),
      "/c": { "x-apigateway-any-method": { responses: ok } },
    };
    const problems = await found(openapi(paths), { ...MOCKED, mockMode: false });
    assert.deepEqual(
      problems.map((text) => text.split(":")[0]),
      ["/paths/~1b/get", "/paths/~1c/x-apigateway-any-method"],
    );
    assert.match(problems[0] ?? "", /x-apigateway-backend.*mockMode/);
    assert.deepEqual(await found(openapi(paths)), []);
  });

  for (const place of ["body", "formData"]) {
    it(`refuses parameters in ${place}`, async () => {
      const wanted =
        place === "body" ? { name: "pet", in: place, schema: { type: "object" } } : parameter(place, "pet");
      assert.deepEqual(await found(swagger({ "/a": get({ parameters: [wanted] }) })), [
        `/paths/~1a/get/parameters: "pet" is in ${place}; APIG takes parameters in path, query and header only`,
      ]);
    });
  }

  it("finds parameters of the path item and behind references too", async () => {
    const root = { parameters: { pet: { name: "pet", in: "body", schema: {} } } };
    const paths = { "/a": { ...get(), parameters: [{ $ref: "#/parameters/pet" }] } };
    assert.equal((await found(swagger(paths, root))).length, 1);
  });

  it("tolerates consumes, produces, request bodies and cookies: the service has no use for them", async () => {
    const types = ["application/json"];
    assert.deepEqual(
      await found(swagger({ "/a": get({ consumes: types, produces: types }) }, { consumes: types, produces: types })),
      [],
    );
    const content = { "application/json": { schema: { type: "object" } } };
    const cookie = { name: "session", in: "cookie", schema: { type: "string" } };
    assert.deepEqual(
      await found(openapi({ "/a": { post: { responses: ok, requestBody: { content }, parameters: [cookie] } } })),
      [],
    );
  });

  for (const name of ["X-Auth-Token", "x-auth-token"]) {
    it(`refuses a header parameter ${name}, and only a header`, async () => {
      assert.equal((await found(swagger({ "/a": get({ parameters: [parameter("header", name)] }) }))).length, 1);
      assert.deepEqual(await found(swagger({ "/a": get({ parameters: [parameter("query", name)] }) })), []);
    });
  }

  it("wants each operationId once", async () => {
    const paths = {
      "/a": get({ operationId: "list" }),
      "/b": { "x-apigateway-any-method": { operationId: "list", responses: ok } },
    };
    assert.deepEqual(await found(openapi(paths)), [
      '/paths/~1b/x-apigateway-any-method/operationId: "list" is also the operationId of GET /a; names must be unique',
    ]);
  });

  it("wants names of 3 to 255 characters that start with a letter, a digit or a Chinese character", async () => {
    const name = async (operationId: string) => (await found(openapi({ "/a": get({ operationId }) }))).length;
    for (const good of ["abc", "宠物店", "1-_./():", "a".repeat(255)]) assert.equal(await name(good), 0, good);
    for (const bad of ["ab", "_abc", "list pets", "a".repeat(256), "list{id}"]) assert.equal(await name(bad), 1, bad);
  });

  it("takes placeholders only as whole segments, and {proxy+}", async () => {
    const declared = (path: string) =>
      Array.from(path.matchAll(/\{([^{}+]+)\}/g), ([, name]) => parameter("path", String(name)));
    const paths = async (path: string) =>
      (await found(swagger({ [path]: get({ parameters: declared(path) }) }))).length;
    for (const good of ["/", "/a/{x}", "/a/{x}/b/{y}", "/a/{proxy+}"]) assert.equal(await paths(good), 0, good);
    for (const bad of ["/a/pre-{x}", "/a/{x}-post", "/a/{x}{y}", "/a/{x", "/a/x}", "/a/{}"])
      assert.equal(await paths(bad), 1, bad);
  });

  it("takes full paths of 512 characters", async () => {
    const path = `/${"a".repeat(508)}`;
    assert.deepEqual(await found(swagger({ [path]: get() }, { basePath: "/vv" })), []);
    assert.equal((await found(swagger({ [path]: get() }, { basePath: "/vvv" }))).length, 1);
  });

  it("knows that APIG has no TRACE", async () => {
    assert.deepEqual(await found(openapi({ "/a": { trace: { responses: ok } } })), [
      "/paths/~1a/trace: APIG has no method TRACE",
    ]);
  });

  it("wants something to import", async () => {
    assert.deepEqual(await found(openapi({})), ["/paths: there are no operations to import"]);
  });

  it("reports every problem of every operation", async () => {
    const paths = {
      "/a-{x}": get({ operationId: "a", parameters: [parameter("path", "x"), parameter("formData", "f")] }),
    };
    assert.equal((await found(swagger(paths), { ...MOCKED, mockMode: false })).length, 4);
  });
});

describe("the title of a definition", () => {
  const complaints = (title: string) => titleProblems({ title }).length;

  it("is 3 to 64 characters as a group name wants them", () => {
    for (const good of ["abc", "9-lives_v1.0/(x):", "宠物店", "a".repeat(64)]) assert.equal(complaints(good), 0, good);
    for (const bad of ["", "ab", "-abc", "Pet Store", "a".repeat(65), "p€ts"]) assert.equal(complaints(bad), 1, bad);
  });

  it("matters only when the import creates the group", async () => {
    const source = openapi({ "/a": get() }, { info: { title: "Pet Store", version: "1" } });
    assert.deepEqual(await found(source), []);
    const [problem = ""] = await found(source, { ...MOCKED, createsGroup: true });
    assert.match(problem, /^\/info\/title: "Pet Store" cannot name the group .* give `groupId`/);
  });
});
