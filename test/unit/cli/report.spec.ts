/** `pulumi-apig report`: Markdown of what `pulumi preview --json` wrote. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readPreview } from "../../../provider/cli/report/preview";
import { markdownOf, report } from "../../../provider/cli/report/report";
import { temporaryFolder } from "../../support/temporary";

/** Recorded from the engine, without what is of no use here. */
const fixture = resolve(__dirname, "../../fixtures/previews/shop.json");

const urn = (type: string, name = "shop") => `urn:pulumi:dev::shop::${type}::${name}`;
const ours = (type: string) => `pulumi-nodejs:dynamic/apig:${type}`;

type Bag = Readonly<Record<string, unknown>>;

function step(op: string, type: string, before?: Bag, after?: Bag, name?: string): Bag {
  const state = (inputs: Bag | undefined) => (inputs === undefined ? {} : { type, inputs });
  const states = { ...(before && { oldState: state(before) }), ...(after && { newState: state(after) }) };
  return { op, urn: urn(type, name), ...states, detailedDiff: null };
}

const written = (document: Bag) => markdownOf(readPreview(JSON.stringify(document), "preview.json"));
const lineOf = (text: string, start: string) => text.split("\n").find((line) => line.startsWith(start));

/** The rows for one operation that another line stands for. */
function operation(before: string, after: string): string | undefined {
  const states = [before, after].map((line) => ({ operations: { "GET /a": line } }));
  return written({ steps: [step("update", ours("ApiImport"), ...states)] })
    .split("\n")
    .at(-2);
}

describe("pulumi-apig report", () => {
  it("says what a recorded preview would do, first what callers notice", () => {
    assert.equal(report(fixture), readFileSync(fixture.replace(/json$/, "md"), "utf8"));
  });

  it("says the same of resources that the plugin serves", () => {
    const plugin = readFileSync(fixture, "utf8").replaceAll("pulumi-nodejs:dynamic/apig:", "apig:index:");
    assert.equal(markdownOf(readPreview(plugin, "")), report(fixture));
  });

  it("says that nothing changes, but not where a preview failed", () => {
    const same = step("same", ours("App"), { name: "a" }, { name: "a" });
    assert.equal(written({ steps: [same] }), "## dev: no changes\n\nNo changes.\n");
    const error = { urn: urn(ours("App")), message: "error: broken", severity: "error" };
    const failed = written({ steps: [same], diagnostics: [error] });
    assert.match(failed, /^## dev: the preview failed\n\n### Warnings\n\n- \*\*Error:\*\* broken\n/);
    assert.doesNotMatch(failed, /no changes/i);
  });

  describe("of two lines of an operation", () => {
    const line = "list, public, APP, id* limit, https://a.example.com/v1, CORS #aaaaaaaa";
    for (const [after, said] of [
      ["list, public, NONE, id* limit, https://a.example.com/v1, CORS #b", "authentication: APP → NONE"],
      [
        "all, private, APP, id* limit, https://a.example.com/v1, CORS #b",
        "name: list → all; visibility: public → private",
      ],
      ["list, public, APP, https://a.example.com/v1, CORS #b", "parameters: id\\* limit → none"],
      [
        "list, public, APP, id* limit, channel web /v1, CORS #b",
        "back end: https://a.example.com/v1 → channel web /v1",
      ],
      ["list, public, APP, id* limit, https://a.example.com/v1 #b", "options: CORS → none"],
      [
        "list, public, APP, id* limit, https://a.example.com/v1, by prefix, ratelimit ten #b",
        "options: CORS → by prefix, ratelimit ten",
      ],
      [
        "list, public, APP, id* limit, https://a.example.com/v1, CORS #b",
        "in what its line does not show, such as time limits",
      ],
      ["list, public, APP, id* limit, https://a.exam… #b", /^parameters, back end or options: id\\\* limit, .* → id/],
    ] as const) {
      const deed = after.includes("NONE") ? "changed in authentication" : "changed";
      it(`says what differs: ${String(said)}`, () => {
        const row = operation(line, after) ?? "";
        const start = `| ${deed} | GET /a | `;
        assert.ok(row.startsWith(start), row);
        const text = row.slice(start.length, -2);
        if (typeof said === "string") assert.equal(text, said);
        else assert.match(text, said);
      });
    }

    it("says what is repaired", () => {
      assert.equal(operation("deleted outside", line), "| repaired | GET /a | deleted outside |");
    });
  });

  it("says where operations and secrets are not known yet", () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const text = written({
      steps: [
        step("update", ours("ApiImport"), { operations: { "GET /a": "a" } }, { operations: unknown }),
        step("create", ours("SecretTagQuery"), undefined, { found: unknown }),
      ],
    });
    assert.match(text, /^\| not known before the update \| all of shop \|/m);
    assert.match(text, /^\| not known before the update \| all \| by query shop \|/m);
    assert.doesNotMatch(text, /removed|04da6b54/);
  });

  it("takes a code that goes and one that comes in the same app as a rotation", () => {
    const steps = (appId: string) => [
      step("create", ours("AppCode"), undefined, { appId: "one" }, "b"),
      step("delete", ours("AppCode"), { appId }, undefined, "a"),
    ];
    assert.match(written({ steps: steps("one") }), /^## dev: 1 credential rotated$/m);
    assert.match(written({ steps: steps("two") }), /^## dev: 1 credential added, 1 credential removed$/m);
  });

  it("takes a credential in which nothing visible changes as rotated, and no other one", () => {
    const credential = (remark: string) => ({ credentialId: "a", password: "[secret]", remark });
    const change = (after: string) => step("update", ours("BkciCredential"), credential("one"), credential(after));
    assert.match(written({ steps: [change("one")] }), /^\| rotated \| BK-CI a \| {2}\|$/m);
    assert.match(written({ steps: [change("two")] }), /^\| changed \| BK-CI a \| remark \|$/m);
  });

  it("takes the steps of a replacement as one", () => {
    const code = ours("AppCode");
    const ops = ["create-replacement", "replace", "delete-replaced"];
    const steps = ops.map((op) => step(op, code, { rotate: { at: "1" } }, { rotate: { at: "2" } }));
    assert.match(written({ steps }), /^## dev: 1 credential rotated$/m);
  });

  it("names secrets of a query that keeps only names and digests", () => {
    const found = (...names: string[]) => ({ found: names.map((name) => `${name} d`).join("\n") });
    const text = written({ steps: [step("update", ours("SecretTagQuery"), found("a", "b"), found("b", "c"))] });
    assert.match(text, /^## dev: 1 secret lost, 1 secret found$/m);
    assert.match(text, /^\| lost \| a \|/m);
    assert.match(text, /^\| found \| c \|/m);
  });

  it("prints our warnings on top, and only counts what others say", () => {
    const text = written({
      steps: [],
      diagnostics: [
        { message: "warning: ApiImport shop: callers\n  of <b> | `x`\n", severity: "info#err" },
        { message: "hello from the program", severity: "info#err" },
        { urn: urn("apig:index:App"), message: "be careful", severity: "warning" },
        { urn: urn("aws:s3:Bucket"), message: "canary of others", severity: "warning" },
        { urn: urn("aws:s3:Bucket"), message: "canary of others", severity: "error" },
      ],
    });
    assert.match(
      text,
      /\n- \*\*Warning:\*\* ApiImport shop: callers of &lt;b\\> \\\| \\`x\\`\n- \*\*Warning:\*\* be careful\n/,
    );
    assert.match(text, /\n- \*\*Error:\*\* 1 more, not of this package/);
    assert.doesNotMatch(text, /canary|hello/);
  });

  it("counts resources of others, and says no more of them", () => {
    const steps = [
      step("create", "aws:s3:Bucket", undefined, { name: "canary" }),
      step("create", "pulumi:providers:aws", undefined, {}),
      step("create", "pulumi:pulumi:Stack", undefined, {}),
    ];
    const text = written({ steps });
    assert.match(text, /\nNot shown: 1 change of resources of other packages\.\n$/);
    assert.doesNotMatch(text, /canary/);
  });

  it("never prints what stands where a secret should, wherever else it stands", () => {
    const canary = "canary-4711-secret";
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", plaintext: `"${canary}"` };
    for (const value of [canary, secret]) {
      const text = written({
        steps: [
          step("update", ours("BkciCredential"), { password: "x" }, { password: value, credentialId: `id-${canary}` }),
          step("create", ours("AppCode"), undefined, { appCode: value, appId: "a" }, canary),
          step("update", ours("App"), { name: "a", appSecret: "old" }, { name: `b ${canary}`, appSecret: value }),
          step("create", ours("ApiImport"), undefined, { operations: { [`GET /${canary}`]: `list, ${canary}` } }),
        ],
        diagnostics: [{ message: `warning: no ${canary}`, severity: "info#err" }],
      });
      assert.doesNotMatch(text, /canary|4711/);
      assert.match(text, /^## dev: 1 operation added, /);
    }
  });

  it("escapes texts of the file", () => {
    const name = "a|b`c<d>\n# e [f](g) *h* @i \\ &amp; \u202e";
    const row = lineOf(written({ steps: [step("create", ours("Environment"), undefined, { name }, name)] }), "| added");
    const shown = "a\\|b\\`c&lt;d\\> # e \\[f\\](g) \\*h\\* &#64;i \\\\ &amp;amp; \uFFFD";
    assert.equal(row, `| added | ${shown} | named ${shown} |`);
  });

  it("leaves out the last rows of many, and says how many", () => {
    const paths = Array.from({ length: 60 }, (_each, index) => [`GET /${index}`, "a, public, NONE, mock #a"]);
    const operations = Object.fromEntries(paths) as Bag;
    const gone = { operations: { "GET /gone": "a, public, NONE, mock #a" } };
    const text = written({ steps: [step("update", ours("ApiImport"), gone, { operations })] });
    assert.match(text, /^## dev: 1 operation removed, 60 operations added$/m);
    assert.equal(text.match(/^\| added/gm)?.length, 49);
    assert.match(text, /^\| removed \| GET \/gone \|/m);
    assert.match(text, /\n\nAnd 11 more\.\n$/);
  });

  it("refuses anything else in one sentence, without its content", () => {
    const folder = temporaryFolder();
    try {
      const file = join(folder.path, "preview.json");
      for (const content of ["", "canary", "[]", '"canary"', "{}", '{"canary":1}', '{"steps":[{"op":"canary"}]}']) {
        writeFileSync(file, content);
        assert.throws(() => report(file), { message: `${file} is not the output of \`pulumi preview --json\`` });
      }
      assert.throws(() => report(join(folder.path, "none")), /^Error: cannot read .*none: there is no such file$/);
      assert.throws(() => report(folder.path), /^Error: cannot read .*: it is a folder$/);
    } finally {
      folder.remove();
    }
  });
});
