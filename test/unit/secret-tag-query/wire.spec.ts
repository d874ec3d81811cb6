/** What is sent to the service, and unusual answers that the simulator never gives. */
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Connection } from "../../../provider/settings/connection";
import { makeHandlers } from "../../../provider/hosts/dynamic/handlers";
import { loadSettings } from "../../../provider/settings/settings";
import { hostOf } from "../../support/handlers";

type Bag = Record<string, unknown>;

const resource = (name: string, changes: Bag = {}) => ({
  resource_id: `id-of-${name}`,
  resource_name: name,
  resource_detail: { id: `id-of-${name}`, name, state: "ENABLED", create_time: 1581507580, ...changes },
  tags: [],
});

describe("the calls of a tag query", () => {
  let server: Server;
  let bodies: Bag[];
  let answer: (body: Bag) => unknown;

  before((done) => {
    server = createServer((request, response) => {
      let text = "";
      request.on("data", (chunk: Buffer) => (text += chunk.toString()));
      request.on("end", () => {
        assert.equal(`${request.method} ${request.url}`, "POST /v1/p1/csms/resource_instances/action");
        const body = JSON.parse(text) as Bag;
        bodies.push(body);
        response.setHeader("content-type", "application/json").end(JSON.stringify(answer(body)));
      });
    }).listen(0, "127.0.0.1", done);
  });
  after((done) => {
    server.closeAllConnections();
    server.close(done);
  });
  beforeEach(() => {
    bodies = [];
    answer = () => ({ resources: [resource("db")], total_count: 1 });
  });

  async function check(args: Bag): Promise<Bag> {
    const settings: Record<string, string> = {
      "huaweicloud:region": "r",
      "huaweicloud:projectId": "p1",
      "huaweicloud:token": "t",
      "huaweicloud:endpoints": JSON.stringify({ kms: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
    };
    const connection = new Connection(
      loadSettings((key) => settings[key], {}),
      { sleep: () => Promise.resolve() },
    );
    const handlers = makeHandlers(hostOf(connection));
    const { inputs, failures } = await handlers.SecretTagQuery.check({}, args);
    assert.deepEqual(failures, []);
    return inputs;
  }
  const found = (inputs: Bag) => JSON.parse(String(inputs["found"])) as Record<string, Bag>;

  it("hold limit and offset as strings, and every input under the page's name", async () => {
    const args = {
      tags: [{ key: "app", values: ["shop"] }, { key: "env" }],
      matches: [{ key: "resource_name", value: "db" }],
      sequence: "919c82d4-8046-4722-9094-35c3c6524cff",
    };
    await check({ action: "filter", ...args });
    assert.deepEqual(bodies, [{ action: "filter", limit: "1000", offset: "0", ...args }]);
  });

  it("hold no limit and no offset when counting", async () => {
    answer = () => ({ total_count: 3 });
    assert.equal((await check({ action: "count", pageSize: 5 }))["totalCount"], 3);
    assert.deepEqual(bodies, [{ action: "count" }]);
  });

  it("go on from page to page by the number of secrets", async () => {
    answer = ({ offset }) => ({ resources: [resource(`s${String(offset)}`)], total_count: 3 });
    await check({ action: "filter", pageSize: 1 });
    assert.deepEqual(bodies.map(({ offset }) => offset).sort(), ["0", "1", "2"]);
  });

  it("accept numbers as strings, and pass times on as they come", async () => {
    answer = () => ({
      resources: [
        resource("db", { create_time: "1581507580000", update_time: 1581507580, scheduled_delete_time: "0" }),
      ],
      total_count: "1",
    });
    const inputs = await check({ action: "filter" });
    assert.equal(inputs["totalCount"], 1);
    const { createTime, updateTime, scheduledDeleteTime } = found(inputs)["db"]!;
    assert.deepEqual([createTime, updateTime, scheduledDeleteTime], ["1581507580000", 1581507580, "0"]);
  });

  it("accept fields that nobody documents, and do without those that are missing", async () => {
    answer = () => ({
      resources: [{ resource_id: "1", resource_name: "", sys_tags: [], novelty: {} }],
      total_count: 1,
      page_info: {},
    });
    assert.deepEqual(found(await check({ action: "filter" })), {
      "1": {
        id: "1",
        state: "",
        kmsKeyId: "",
        description: "",
        createTime: null,
        updateTime: null,
        scheduledDeleteTime: null,
        tags: [],
      },
    });
    answer = () => ({ total_count: 0 });
    assert.deepEqual(found(await check({ action: "filter" })), {});
  });

  it("are made again when the set moved, and the answer is one that held still", async () => {
    answer = ({ offset }) => {
      const total = bodies.length < 3 ? 4 : 3;
      const all = ["a", "b", "c", "d"].slice(0, total).map((name) => resource(name));
      return { resources: all.slice(Number(offset), Number(offset) + 2), total_count: bodies.length === 1 ? 3 : total };
    };
    const inputs = await check({ action: "filter", pageSize: 2 });
    assert.deepEqual(Object.keys(found(inputs)), ["a", "b", "c"]);
    assert.equal(bodies.length, 4);
  });
});
