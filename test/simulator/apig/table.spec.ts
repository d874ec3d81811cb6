import assert from "node:assert/strict";
import { Table } from "./table";

interface Row {
  readonly id: string;
  readonly kind: string;
}

const newTable = (rows: Record<string, Row> = {}) => new Table(rows, { kind: (row: Row) => row.kind });

describe("Table of an instance", () => {
  it("finds rows by their keys, oldest first, also those it was made with", () => {
    const table = newTable({ a: { id: "a", kind: "x" } });
    table.put({ id: "b", kind: "x" });
    assert.deepEqual(
      table.by("kind", "x").map(({ id }) => id),
      ["a", "b"],
    );
    assert.deepEqual([table.size, table.countBy("kind", "x"), table.first("kind", "x")?.id], [2, 2, "a"]);
  });

  it("follows a row to its new key, and keeps its place under an old one", () => {
    const table = newTable();
    table.put({ id: "a", kind: "x" });
    table.put({ id: "b", kind: "x" });
    table.put({ id: "a", kind: "x" });
    assert.equal(table.first("kind", "x")?.id, "a");
    table.put({ id: "a", kind: "y" });
    assert.deepEqual([table.by("kind", "x").length, table.by("kind", "y").length, table.size], [1, 1, 2]);
  });

  it("forgets a deleted row everywhere", () => {
    const rows: Record<string, Row> = {};
    const table = newTable(rows);
    table.put({ id: "a", kind: "x" });
    table.delete("a");
    table.delete("a");
    assert.deepEqual([table.size, table.get("a"), table.by("kind", "x"), rows], [0, undefined, [], {}]);
  });

  it("does not take what objects inherit for rows", () => {
    assert.equal(newTable().get("constructor"), undefined);
  });
});
