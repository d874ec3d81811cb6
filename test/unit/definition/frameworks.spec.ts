/** Documents as frameworks write them, recorded with the scripts next to them: each can be imported unchanged. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { canNameGroup, groupNameFrom, openFile, readDefinition, writeDocument } from "../../../provider/definition";
import { invalidIn } from "./official";

const folder = join(__dirname, "../../definitions/frameworks");
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.(json|yaml)$/.test(file))
  .sort();

/** Operations that APIG cannot serve as they are. */
const unservable: Readonly<Record<string, readonly string[]>> = {
  elysia: ["TRACE /echo", "GET /files/*"],
  huma: ["GET /files/{path...}"],
  fastify: ["GET /files/{*}"],
  "hapi-swagger": ["GET /files/{path*}"],
  utoipa: ["GET /files/{*path}"],
};

const program = { defaults: { backend: { url: "http://shop.internal:8080/base" }, auth: "APP+AppCode" } } as const;

describe("What a framework writes", () => {
  it("is there of nineteen frameworks", () => {
    assert.ok(new Set(files.map((file) => file.split("/")[0])).size >= 19);
  });

  for (const file of files) {
    it(`${basename(file)} gets a back end and authentication, and is sent as a valid document`, async () => {
      const definition = await readDefinition(openFile(join(folder, file)), { ...program, unsupported: "skip" });
      const [framework = ""] = file.split("/");
      assert.deepEqual([...definition.skipped.keys()].sort(), [...(unservable[framework] ?? [])].sort());
      assert.ok(definition.operations.length >= 4);
      for (const { key, authentication, backendType } of definition.operations) {
        assert.equal(backendType, "HTTP");
        // Some frameworks write into each operation that it is open.
        const isOpen = definition.open.get(key) === "overruling";
        assert.deepEqual(
          authentication,
          isOpen ? { authType: "NONE", appCode: false } : { authType: "APP", appCode: true },
        );
      }
      const name = groupNameFrom(definition.title);
      assert.ok(canNameGroup(name) || definition.title === "", name);
      assert.deepEqual(invalidIn(writeDocument(definition, definition.operations)), []);
    });
  }
});
