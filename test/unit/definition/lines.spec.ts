/** The lines that problems of a JSON text are told with. */
import assert from "node:assert/strict";
import { lineFinder } from "../../../provider/definition/lines";
import { openapi, read } from "./documents";

describe("Lines of a JSON text", () => {
  it("are found behind texts with brackets, quotes and backslashes, in lists, and behind values of every kind", () => {
    const text = [
      "\uFEFF{", // 1
      String.raw`  "a}": "\\\"{[", "numbers": [1.5e3, -2 , true`, // 2
      "  , null", // 3
      '  ,{"deep": [[], {}], "last" :false }], "empty":{},', // 4
      String.raw`  "pl\u0061in":`, // 5
      '    "value", "a/b":', // 6
      '  {"x~y": {', // 7
      '    "z": 1}}', // 8
      "}",
    ].join("\n");
    const lineOf = lineFinder(text);
    const found = (...pointers: string[]) => pointers.map(lineOf);
    assert.deepEqual(found("/a}", "/numbers", "/numbers/2", "/numbers/3", "/numbers/4"), [2, 2, 2, 3, 4]);
    assert.deepEqual(found("/numbers/4/deep/1", "/numbers/4/last", "/empty", "/plain", "/a~1b"), [4, 4, 4, 5, 6]);
    assert.deepEqual(found("/a~1b/x~0y", "/a~1b/x~0y/z"), [7, 8]);
    // What the text does not have stands where the nearest thing around it does.
    assert.deepEqual(found("/a~1b/x~0y/none", "/plain/none", "/numbers/9", "/none", ""), [
      7,
      5,
      2,
      undefined,
      undefined,
    ]);
  });

  it("are found at the end of a long one, too", async () => {
    const info = { title: "long", version: "1", description: "d".repeat(10_000_000) };
    const operation = { "x-apigateway-corz": true, responses: {} };
    const text = JSON.stringify(openapi({ "/a": { get: operation } }, { info }), undefined, 2);
    const line = text.slice(0, text.indexOf("x-apigateway-corz")).split("\n").length;
    await assert.rejects(read(text), { message: new RegExp(`line ${line}, GET /a.*x-apigateway-corz`) });
  });
});
