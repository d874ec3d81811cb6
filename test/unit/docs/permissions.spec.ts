import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { codeBlocks, page, repository, rows } from "./pages";

const clients = join(repository, "provider/clients");
const { text } = page("docs/getting-started.md");

/** Rows about a call: its name, whether it reads or writes, who uses it, and the names of its actions in two models. */
const calls = rows(text)
  .filter((cells) => cells.length === 5 && /^`[A-Z]/.test(cells[0] ?? ""))
  .map(([call = "", kind = "", , policy = ""]) => ({ call: call.slice(1, -1), kind, policy }));

/** Names of the calls that a file of the clients describes. */
function namesIn(path: string): string[] {
  const source = readFileSync(join(clients, path), "utf8");
  return Array.from(source.matchAll(/(?:\bname: |\bshow\()"([A-Z]\w+)"/g), ([, name = ""]) => name);
}

/** Actions of a policy in the guide. */
function allowed(policy: string): string[] {
  const { Statement } = JSON.parse(policy) as { Statement: { Effect: string; Action: string[] }[] };
  return Statement.flatMap(({ Effect, Action }) => (Effect === "Allow" ? Action : []));
}

describe("The permissions in docs/getting-started.md", () => {
  it("have one row for each call that the clients make in Huawei Cloud", () => {
    const files = [...readdirSync(join(clients, "apig")).map((name) => join("apig", name)), "csms.ts", "iam.ts"];
    const made = new Set(files.flatMap(namesIn));
    assert.ok(made.size > 25);
    assert.deepEqual(calls.map(({ call }) => call).sort(), [...made].sort());
  });

  it("have policies with the actions of the rows, once for what reads and once for what writes", () => {
    const policies = codeBlocks(text).filter(({ language }) => language === "json");
    assert.equal(policies.length, 2);
    for (const [index, wanted] of ["read", "write"].entries()) {
      const named = calls
        .filter(({ kind }) => kind === wanted)
        .flatMap(({ policy }) =>
          Array.from(policy.matchAll(/`((?:apig|csms):\w+:\w+)`/g), ([, action = ""]) => action),
        );
      const given = allowed(policies[index]?.code ?? "{}");
      assert.deepEqual([...given].sort(), [...new Set(named)].sort());
      assert.equal(new Set(given).size, given.length);
    }
  });
});
