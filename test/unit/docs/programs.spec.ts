import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { codeBlocks, guides, page, repository } from "./pages";

/** What a block of a guide may leave out. */
const imports = {
  pulumi: `import * as pulumi from "@pulumi/pulumi";\n`,
  apig: `import * as apig from "pulumi-apig";\n`,
};

/** Programs of the guides, by the path of a file that is not there. Those of the reference are held by other tests. */
function programs(): Map<string, string> {
  const found = new Map<string, string>();
  for (const { path, text } of guides()) {
    const blocks = codeBlocks(text).filter(({ language }) => language === "ts");
    for (const [index, { code }] of blocks.entries()) {
      const missing = Object.entries(imports).filter(([name]) => !code.includes(`import * as ${name}`));
      const name = `${path.replace(/[./]/g, "-")}-${String(index + 1)}.ts`;
      found.set(join(__dirname, name), `${missing.map(([, line]) => line).join("")}${code}\nexport {};\n`);
    }
  }
  return found;
}

/** What the compiler says about these texts, as a program with the project's settings. */
function problemsOf(texts: ReadonlyMap<string, string>): string[] {
  const base: unknown = ts.readConfigFile(join(repository, "tsconfig.base.json"), (path) =>
    readFileSync(path, "utf8"),
  ).config;
  const { options } = ts.parseJsonConfigFileContent(base, ts.sys, repository);
  const all: ts.CompilerOptions = {
    ...options,
    noEmit: true,
    noUnusedLocals: false,
    paths: { "pulumi-apig": [join(repository, "provider/index.ts")] },
  };
  const files = ts.createCompilerHost(all);
  const host: ts.CompilerHost = {
    ...files,
    fileExists: (name) => texts.has(name) || files.fileExists(name),
    readFile: (name) => texts.get(name) ?? files.readFile(name),
    getSourceFile: (name, how, ...rest) => {
      const text = texts.get(name);
      return text === undefined ? files.getSourceFile(name, how, ...rest) : ts.createSourceFile(name, text, how);
    },
  };
  const program = ts.createProgram([...texts.keys()], all, host);
  const sources = program.getSourceFiles().filter(({ fileName }) => texts.has(fileName));
  assert.equal(sources.length, texts.size);
  const problems = sources.flatMap((source) => [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ]);
  return problems.map(({ file, messageText }) => {
    return `${file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}

describe("Programs in the guides", function () {
  this.timeout(120_000);

  it("have the types of this package", () => {
    const texts = programs();
    assert.ok(texts.size >= 9, `only ${String(texts.size)}`);
    assert.deepEqual(problemsOf(texts), []);
  });

  it("are not accepted if an input is misspelt", () => {
    const wrong = `${imports.apig}new apig.App("web", { nam: "shop_web" });\n`;
    assert.equal(problemsOf(new Map([[join(__dirname, "wrong.ts"), wrong]])).length, 1);
  });

  it("the first one of the README is the quickstart", () => {
    const [first] = codeBlocks(page("README.md").text).filter(({ language }) => language === "ts");
    assert.equal(first?.code, readFileSync(join(repository, "examples/quickstart/index.ts"), "utf8"));
  });
});
