/** Definitions larger than what the service takes in one import: its gateway takes requests of 12 MB. */
import assert from "node:assert/strict";
import { definition, specs } from "../../support/definitions";
import { Imports } from "../../support/imports";
import type { Bag } from "../../support/life";

const MB = 1024 * 1024;

describe("ApiImport of large definitions", () => {
  let imports: Imports;
  before(async () => {
    imports = await Imports.open();
  });
  after(() => imports.close());
  beforeEach(() => imports.reset());

  /** A program whose operations `GET /p0` and so on answer these texts. */
  const answering = (...answers: string[]): Bag => ({
    definition: definition(specs(answers.length)),
    overrides: Object.fromEntries(answers.map((mock, index) => [`GET /p${index}`, { backend: { mock } }])),
  });

  it("sends as many imports as it takes, each small enough, however the text is encoded", async () => {
    // Two bytes a character in UTF-8.
    const umlauts = "ä".repeat(2.5 * MB);
    const program = answering(umlauts, umlauts, umlauts, "short");
    assert.deepEqual(await imports.imports(() => imports.life.up(program)), [2, 2]);
    assert.equal((await imports.rows()).length, 4);
    assert.equal(await imports.life.up(program), "same");
  });

  it("splits a change of many in the same way", async () => {
    await imports.life.up(answering("short", "short", "short"));
    const long = "x".repeat(5 * MB);
    assert.deepEqual(await imports.imports(() => imports.life.up(answering(long, long, long))), [2, 1]);
  });

  it("refuses an operation at preview that is too large for an import of its own, and names it", async () => {
    const failures = await imports.life.failures(answering("short", "x".repeat(12 * MB)));
    assert.match(failures[0]?.reason ?? "", /the API definition has a problem:\n.*GET \/p1: .*12 MB/);
    assert.deepEqual(await imports.life.failures(answering("short", "x".repeat(10 * MB))), []);
  });
});
