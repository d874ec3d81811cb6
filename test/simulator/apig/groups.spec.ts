import assert from "node:assert/strict";
import { Apig, invalid, mockApi, releaseId } from "./client";

describe("API groups and environments", () => {
  let apig: Apig;

  before(async () => {
    apig = await Apig.open();
  });
  beforeEach(() => apig.control.reset());
  after(() => apig.close());

  const code = async (method: string, path: string, body?: unknown) => {
    const answer = await apig.call(method, path, body);
    return [answer.status, answer.body["error_code"]];
  };

  describe("API groups", () => {
    it("start with DEFAULT, which cannot be deleted", async () => {
      const { body } = await apig.call("GET", "/api-groups");
      const [group] = body["groups"] as [{ id: string; name: string; is_default: number }];
      assert.deepEqual([body["total"], group.name, group.is_default], [1, "DEFAULT", 1]);
      assert.deepEqual(await code("DELETE", `/api-groups/${group.id}`), [403, "APIG.3400"]);
    });

    it("are created with 201, shown, renamed with 200 and deleted with 204", async () => {
      const group = await apig.make("/api-groups", { name: "first", remark: "one" });
      assert.equal(group["sl_domain"], `${group.id}.apic.localhost`);
      assert.deepEqual(await apig.call("GET", `/api-groups/${group.id}`), { status: 200, body: group });
      const { status, body } = await apig.call("PUT", `/api-groups/${group.id}`, { name: "second" });
      assert.deepEqual([status, body["name"]], [200, "second"]);
      assert.deepEqual(await apig.call("DELETE", `/api-groups/${group.id}`), { status: 204, body: {} });
      assert.deepEqual(await code("GET", `/api-groups/${group.id}`), [404, "APIG.3001"]);
    });

    it("close their sub domain, and open it again, with 204", async () => {
      const group = await apig.make("/api-groups", { name: "first" });
      const path = `/api-groups/${group.id}/sl-domain-access-settings`;
      for (const open of [false, true]) {
        assert.deepEqual(await code("PUT", path, { sl_domain_access_enabled: open }), [204, undefined]);
        const { body } = await apig.call("GET", `/api-groups/${group.id}`);
        assert.equal(body["sl_domain_access_enabled"], open);
      }
      assert.deepEqual((await apig.call("PUT", path, {})).body, invalid("sl_domain_access_enabled"));
    });

    for (const remark of ["", undefined]) {
      it(`keep their remark when an update sends ${remark === "" ? "an empty one" : "none"}`, async () => {
        const group = await apig.make("/api-groups", { name: "first", remark: "one" });
        const { body } = await apig.call("PUT", `/api-groups/${group.id}`, { name: "first", remark });
        assert.equal(body["remark"], "one");
      });
    }

    it("have names of their own", async () => {
      await apig.make("/api-groups", { name: "first" });
      const second = await apig.make("/api-groups", { name: "second" });
      assert.deepEqual(await code("POST", "/api-groups", { name: "first" }), [400, "APIG.3201"]);
      assert.deepEqual(await code("PUT", `/api-groups/${second.id}`, { name: "first" }), [400, "APIG.3201"]);
      assert.deepEqual(await code("POST", "/api-groups/check", { group_name: "first" }), [400, "APIG.3201"]);
      assert.deepEqual(await code("POST", "/api-groups/check", { group_name: "third" }), [204, undefined]);
    });

    for (const name of ["ab", "-ab", "a b", "a".repeat(256), "a#b", 7]) {
      it(`refuse the name ${String(name).slice(0, 8)}`, async () => {
        assert.deepEqual(await apig.call("POST", "/api-groups", { name }), { status: 400, body: invalid("name") });
      });
    }

    for (const name of ["abc", "0-_./():", "宠物店（一）：、", "a".repeat(255)]) {
      it(`take the name ${name.slice(0, 12)}`, async () => {
        assert.deepEqual(await code("POST", "/api-groups", { name }), [201, undefined]);
      });
    }

    it("refuse a remark of 1001 characters and unknown fields", async () => {
      const remark = "字".repeat(1001);
      assert.deepEqual((await apig.call("POST", "/api-groups", { name: "abc", remark })).body, invalid("remark"));
      assert.deepEqual((await apig.call("POST", "/api-groups", { name: "abc", color: 1 })).body, invalid("color"));
      assert.deepEqual((await apig.call("POST", "/api-groups")).body, invalid("body"));
    });

    it("are not deleted while they hold APIs: 412 APIG.3415", async () => {
      const group = await apig.make("/api-groups", { name: "first" });
      await apig.make("/apis", mockApi(group.id));
      assert.deepEqual(await apig.call("DELETE", `/api-groups/${group.id}`), {
        status: 412,
        body: { error_code: "APIG.3415", error_msg: "The API group cannot be deleted because it contains APIs" },
      });
    });

    it("are limited by quota: 403 APIG.3101", async () => {
      await apig.control.quotas({ groups: 1 });
      assert.deepEqual(await code("POST", "/api-groups", { name: "first" }), [403, "APIG.3101"]);
    });
  });

  describe("lists", () => {
    beforeEach(() => apig.control.seed({ groups: ["pets", "pets-old", "shop"].map((name) => ({ name })) }));

    const names = async (query: string): Promise<string[]> => {
      const { body } = await apig.call("GET", `/api-groups?${query}`);
      return (body["groups"] as { name: string }[]).map(({ name }) => name).sort();
    };

    it("match part of the name, or all of it when asked to", async () => {
      assert.deepEqual(await names("name=PET"), ["pets", "pets-old"]);
      assert.deepEqual(await names("name=pets&precise_search=name"), ["pets"]);
    });

    it("count all matches in total and those on the page in size", async () => {
      const { body } = await apig.call("GET", "/api-groups?offset=1&limit=2");
      assert.deepEqual([body["total"], body["size"]], [4, 2]);
    });

    it("take offsets below 0 for 0, limits below 1 for 20 and above 500 for 500", async () => {
      await apig.control.quotas({ groups: 600 });
      await apig.control.seed({ groups: Array.from({ length: 510 }, (_, index) => ({ name: `group${index}` })) });
      const size = async (query: string) => (await apig.call("GET", `/api-groups?${query}`)).body["size"];
      assert.deepEqual(
        [await size(""), await size("limit=0"), await size("limit=-1&offset=-3"), await size("limit=501")],
        [20, 20, 20, 500],
      );
    });

    for (const [query, parameter] of [
      ["limit=x", "limit"],
      ["offset=1.5", "offset"],
      ["size=3", "size"],
      ["name=a&name=b", "name"],
      ["precise_search=id", "precise_search"],
    ] as const) {
      it(`refuse ?${query}`, async () => {
        assert.deepEqual(await apig.call("GET", `/api-groups?${query}`), { status: 400, body: invalid(parameter) });
      });
    }

    it("and other calls refuse query parameters they do not have", async () => {
      const answer = await apig.call("POST", "/api-groups?force=true", { name: "abc" });
      assert.deepEqual(answer, { status: 400, body: invalid("force") });
    });
  });

  describe("Environments", () => {
    it("start with RELEASE, which stays as it is", async () => {
      const { body } = await apig.call("GET", "/envs");
      assert.deepEqual(
        (body["envs"] as { id: string; name: string }[]).map(({ id, name }) => [id, name]),
        [[releaseId, "RELEASE"]],
      );
      assert.deepEqual(await code("DELETE", `/envs/${releaseId}`), [403, "APIG.3400"]);
      assert.deepEqual(await code("PUT", `/envs/${releaseId}`, { name: "other" }), [403, "APIG.3400"]);
    });

    it("are created with 201, changed with 200 and deleted with 204", async () => {
      const environment = await apig.make("/envs", { name: "dev_1", remark: "one" });
      assert.deepEqual(Object.keys(environment).sort(), ["create_time", "id", "name", "remark"]);
      const { status, body } = await apig.call("PUT", `/envs/${environment.id}`, { name: "dev_2", remark: "" });
      assert.deepEqual([status, body["name"], body["remark"]], [200, "dev_2", ""]);
      assert.deepEqual(await code("DELETE", `/envs/${environment.id}`), [204, undefined]);
      assert.deepEqual(await code("DELETE", `/envs/${environment.id}`), [404, "APIG.3003"]);
    });

    it("have names of their own and no single GET", async () => {
      const environment = await apig.make("/envs", { name: "dev" });
      assert.deepEqual(await code("POST", "/envs", { name: "dev" }), [400, "APIG.3205"]);
      assert.deepEqual(await code("GET", `/envs/${environment.id}`), [404, "APIG.0101"]);
    });

    for (const name of ["ab", "1ab", "a-b", "a".repeat(65), "环境一"]) {
      it(`refuse the name ${name.slice(0, 8)}`, async () => {
        assert.deepEqual(await apig.call("POST", "/envs", { name }), { status: 400, body: invalid("name") });
      });
    }

    it("are limited by quota: 403 APIG.3104", async () => {
      for (let index = 2; index <= 10; index += 1) await apig.make("/envs", { name: `env${index}` });
      assert.deepEqual(await code("POST", "/envs", { name: "eleventh" }), [403, "APIG.3104"]);
    });

    it("hold variables of a group, which go with it", async () => {
      const { id: group_id } = await apig.make("/api-groups", { name: "first" });
      const fields = { group_id, env_id: releaseId, variable_name: "host", variable_value: "127.0.0.1:80" };
      const variable = await apig.make("/env-variables", fields);
      assert.deepEqual(variable, { id: variable.id, ...fields });
      assert.deepEqual(await code("POST", "/env-variables", fields), [400, "APIG.3303"]);
      const path = `/env-variables/${variable.id}`;
      const { body } = await apig.call("PUT", path, { variable_value: "127.0.0.1:81" });
      const list = { size: 1, total: 1, variables: [{ ...variable, variable_value: "127.0.0.1:81" }] };
      assert.deepEqual((await apig.call("GET", `/env-variables?group_id=${group_id}`)).body, list);
      assert.deepEqual(await apig.call("GET", path), { status: 200, body });
      assert.deepEqual((await apig.call("GET", "/env-variables")).body, invalid("group_id"));
      await apig.call("DELETE", `/api-groups/${group_id}`);
      assert.deepEqual(await code("DELETE", path), [404, "APIG.3011"]);
    });

    it("are not deleted while APIs are published there: 403 APIG.3418", async () => {
      const environment = await apig.make("/envs", { name: "dev" });
      const group = await apig.make("/api-groups", { name: "first" });
      const api = await apig.make("/apis", mockApi(group.id));
      const action = { env_id: environment.id, api_id: api.id };
      await apig.make("/apis/action", { ...action, action: "online" });
      assert.deepEqual(await code("DELETE", `/envs/${environment.id}`), [403, "APIG.3418"]);
      await apig.make("/apis/action", { ...action, action: "offline" });
      assert.deepEqual(await code("DELETE", `/envs/${environment.id}`), [204, undefined]);
    });
  });
});
