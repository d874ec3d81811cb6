import assert from "node:assert/strict";
import { listApis, listKnownApis } from "../../../provider/clients/apig/apis";
import { listAppCodes } from "../../../provider/clients/apig/app-codes";
import { findApp } from "../../../provider/clients/apig/apps";
import { listAuthorizations } from "../../../provider/clients/apig/authorizations";
import { listEnvironments } from "../../../provider/clients/apig/environments";
import { findGroup } from "../../../provider/clients/apig/groups";
import type { Instance } from "../../../provider/clients/apig/instance";
import { connectTo, heldRuntime, place, servers, type Answer } from "../http/support/server";

const open = servers();

/** An instance whose service gives these answers, and the requests that it got. */
async function instanceOf(...answers: Answer[]) {
  const server = await open(...answers);
  const instance: Instance = { caller: connectTo(server.url, heldRuntime()).huawei(place), instanceId: "i1" };
  const queries = () => server.received.map(({ target }) => target.slice(target.indexOf("?") + 1));
  return { instance, queries };
}

const page = (body: object): Answer => ({ status: 200, body });
const env = (id: string) => ({ id, name: id });

describe("a list of APIG", () => {
  const lists: Readonly<Record<string, (instance: Instance) => Promise<unknown>>> = {
    apis: (instance) => listApis(instance, { groupId: "g" }),
    app_codes: (instance) => listAppCodes(instance, "a"),
    apps: (instance) => findApp(instance, "shop"),
    auths: (instance) => listAuthorizations(instance, "e", "a"),
    envs: (instance) => listEnvironments(instance),
    groups: (instance) => findGroup(instance, "shop"),
  };
  const { envs, ...others } = lists;
  it("of envs is never empty: RELEASE always exists", async () => {
    const { instance } = await instanceOf(page({ total: 0, envs: [] }));
    await assert.rejects(envs!(instance), { kind: "conflict", message: /RELEASE always exists/ });
  });
  for (const [key, list] of Object.entries(others)) {
    it(`of ${key} is empty, whether the service writes an empty list, null or nothing`, async () => {
      const empty = [page({ size: 0, total: 0, [key]: [] }), page({ total: 0, [key]: null }), page({ total: 0 })];
      for (const answer of empty) {
        const { instance } = await instanceOf(answer);
        assert.deepEqual((await list(instance)) ?? [], []);
      }
    });

    it(`of ${key} is refused when it is none, with the place of what is wrong`, async () => {
      const { instance } = await instanceOf(page({ total: 1, [key]: [{ id: 7 }] }));
      await assert.rejects(list(instance), { kind: "malformed", message: new RegExp(`${key}\\.0\\.id: `) });
    });
  }

  it("is read page by page, as many as its total needs", async () => {
    const { instance, queries } = await instanceOf(
      page({ total: 3, envs: [env("1"), env("2")] }),
      page({ total: 3, envs: [env("3")] }),
    );
    assert.deepEqual(
      (await listEnvironments(instance)).map(({ id }) => id),
      ["1", "2", "3"],
    );
    assert.deepEqual(queries(), ["limit=500&offset=0", "limit=500&offset=2"]);
  });

  it("is read again when its total changes between two pages, so that nothing is missed", async () => {
    const { instance, queries } = await instanceOf(
      page({ total: 3, envs: [env("1"), env("2")] }),
      page({ total: 2, envs: [] }),
      page({ total: 2, envs: [env("2"), env("3")] }),
    );
    assert.deepEqual(
      (await listEnvironments(instance)).map(({ id }) => id),
      ["2", "3"],
    );
    assert.deepEqual(queries(), ["limit=500&offset=0", "limit=500&offset=2", "limit=500&offset=0"]);
  });

  it("is an error when it moves each time, instead of something that may be wrong", async () => {
    const moving = [1, 2, 3, 4].flatMap(() => [page({ total: 2, envs: [env("1")] }), page({ total: 3, envs: [] })]);
    const { instance, queries } = await instanceOf(...moving);
    await assert.rejects(listEnvironments(instance), {
      kind: "conflict",
      message: /^could not list the environments: .* changed each of the 4 times/,
    });
    assert.equal(queries().length, 8);
  });

  const contradictions: Readonly<Record<string, object[]>> = {
    "is empty below its total": [{ total: 3, size: 0, envs: [] }],
    "has an empty page below its total": [
      { total: 9, envs: [env("1")] },
      { total: 9, envs: [] },
    ],
    "has the same page twice": [
      { total: 4, envs: [env("1"), env("2")] },
      { total: 4, envs: [env("1"), env("2")] },
    ],
    "has more than its total": [{ total: 1, envs: [env("1"), env("2")] }],
  };
  for (const [what, pages] of Object.entries(contradictions)) {
    it(`that ${what} is an error, and nothing is taken for deleted`, async () => {
      const { instance, queries } = await instanceOf(...[1, 2, 3, 4].flatMap(() => pages.map(page)));
      await assert.rejects(listEnvironments(instance), { kind: "conflict", message: /Nothing is taken for deleted/ });
      assert.equal(queries().length, 4 * pages.length);
    });
  }

  it("without its items, though there are some, is no list", async () => {
    for (const body of [
      { total: 3, size: 0 },
      { total: 3, envs: null },
    ]) {
      const { instance } = await instanceOf(page(body));
      await assert.rejects(listEnvironments(instance), {
        kind: "malformed",
        message: /no envs, though its total is not 0/,
      });
    }
  });

  it("of more pages than anybody needs is not read, and the bound is named", async () => {
    const { instance, queries } = await instanceOf(page({ total: 1e9, envs: [env("1")] }));
    await assert.rejects(listEnvironments(instance), {
      message: /speaks of 1000000000 in pages of 1, and at most 2000 pages are read/,
    });
    assert.equal(queries().length, 1);
  });

  describe("of a group that held APIs, and shows none", () => {
    const empty = page({ total: 0, apis: [] });
    it("is believed when one of them is itself gone", async () => {
      const { instance, queries } = await instanceOf(
        empty,
        { status: 404, body: { error_code: "APIG.3002", error_msg: "API a1 does not exist" } },
        page({ total: 1, envs: [env("RELEASE")] }),
      );
      assert.deepEqual(await listKnownApis(instance, "g", ["a1", "a2"]), []);
      assert.equal(queries().length, 3);
    });

    it("is an error when one of them is there", async () => {
      const { instance } = await instanceOf(empty, page({ id: "a1" }));
      await assert.rejects(listKnownApis(instance, "g", ["a1", "a2"]), {
        kind: "conflict",
        message: /shows none, but API a1 is there. Nothing is taken for deleted/,
      });
    });
  });
});
