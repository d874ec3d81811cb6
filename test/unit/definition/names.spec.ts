/** Names of APIs: the operation's, fitted to the service's rules, the same in any order of the document. */
import assert from "node:assert/strict";
import { complaintOf, ok, openapi, read } from "./documents";

type Node = Record<string, unknown>;

const get = (more: Node = {}) => ({ get: { responses: ok, ...more } });

describe("Names", () => {
  const names = async (paths: Node) => (await read(openapi(paths))).operations.map(({ name }) => name);

  it("are the operationId, or made of method and path", async () => {
    assert.deepEqual(await names({ "/a": get({ operationId: "listAll" }), "/orders/{id}": get(), "/": get() }), [
      "listAll",
      "get_orders_id",
      "get",
    ]);
  });

  it("are fitted to the service's rules, and stay unique", async () => {
    const long = "x".repeat(300);
    const found = await names({
      "/a": get({ operationId: "find pet by id" }),
      "/b": get({ operationId: "same" }),
      "/c": get({ operationId: "same" }),
      "/d": get({ operationId: long }),
      "/e": get({ operationId: "x" }),
      "/f": get({ operationId: "宠物店" }),
    });
    assert.equal(found[0], "find_pet_by_id");
    assert.equal(found[5], "宠物店");
    assert.equal(new Set(found).size, 6);
    for (const name of found)
      assert.match(name, /^[\p{Script=Han}A-Za-z0-9][\p{Script=Han}A-Za-z0-9\-_./():]{2,254}$/u);
  });

  it("do not depend on other operations", async () => {
    const [, before] = await names({ "/a": get({ operationId: "same" }), "/c": get({ operationId: "same" }) });
    const [, , after] = await names({
      "/a": get({ operationId: "same" }),
      "/b": get(),
      "/c": get({ operationId: "same" }),
    });
    assert.equal(after, before);
  });

  it("do not depend on the order of the paths", async () => {
    const paths = { "/b": get({ operationId: "same" }), "/a": get({ operationId: "same" }) };
    const nameOf = async (document: Node) => {
      const { operations } = await read(openapi(document));
      return operations.find(({ key }) => key === "GET /a")?.name;
    };
    const [first, second] = [await nameOf(paths), await nameOf({ "/a": paths["/a"], "/b": paths["/b"] })];
    assert.deepEqual([first, second], ["same", "same"]);
  });

  it("that the program gives go before those of the file, and are nobody else's", async () => {
    const paths = { "/a": get({ operationId: "orders" }), "/b": get() };
    const { operations } = await read(openapi(paths), { overrides: { "/b": { name: "orders" } } });
    const [a, b] = operations.map(({ name }) => name);
    assert.equal(b, "orders");
    assert.match(a ?? "", /^orders_[0-9a-f]{8}$/);
    assert.match(
      await complaintOf(openapi(paths), { overrides: { "/*": { name: "orders" } } }),
      /more than one API orders/,
    );
  });
});
