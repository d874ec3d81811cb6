import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import * as apig from "../support/apig";
import { rowsOf } from "../faults/rows";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { TestStack } from "../support/stack";
import { serve, type Received, type Script } from "../unit/http/support/server";

/** Writes directly to the socket, because node's server would refuse to send this. */
const raw = (text: string) => (_: Received, response: ServerResponse) => void response.socket?.end(text);
const send = (status: number, headers: Record<string, string>, body: string | Buffer) => {
  return (_: Received, response: ServerResponse) => void response.writeHead(status, headers).end(body);
};
const json = { "content-type": "application/json" };

/** The answer to the create of an environment with this name, and the message that the user must get. */
const hostile: Readonly<Record<string, readonly [answer: ReturnType<typeof raw>, message: RegExp]>> = {
  web_page: [send(200, { "content-type": "text/html" }, "<html>Log in</html>"), /unexpected status \(HTTP 200/],
  web_page_made: [send(201, { "content-type": "text/html" }, "<html>Log in</html>"), /a web page, not JSON/],
  truncated: [send(201, json, '{"id": "6cba1643408275f5e7a1480167b473d9", "name'), /not JSON, or is cut off/],
  short: [raw('HTTP/1.1 201 Created\r\nContent-Length: 999\r\n\r\n{"id": "1"'), /broke before the answer was complete/],
  not_http: [raw("SSH-2.0-OpenSSH_9.6\r\n"), /not HTTP/],
  two_lengths: [raw("HTTP/1.1 201 Created\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} "), /not HTTP/],
  headers: [raw(`HTTP/1.1 201 Created\r\n${"X-Long: long\r\n".repeat(10_000)}\r\n{}`), /not HTTP/],
  types: [send(201, json, '{"id": {"toString": 1}, "name": [], "create_time": 7}'), /documented shape: id: /],
  list: [send(201, json, "[[]]"), /documented shape/],
  deep: [send(201, json, "[".repeat(1e6)), /not JSON, or is cut off/],
  charset: [
    send(201, { "content-type": "application/json; charset=utf-16" }, Buffer.from("{}", "utf16le")),
    /could not/,
  ],
  binary: [send(201, json, Buffer.from([0x7b, 0xff, 0xfe, 0x7d])), /not UTF-8 text/],
  huge: [send(201, json, Buffer.alloc(65 * 1024 * 1024, 0x20)), /is larger than 8 MB/],
  strange: [
    send(400, json, String.raw`{"error_code": {"a": 1}, "error_msg": ["\u001b[2J"]}`),
    /could not create the environment strange/,
  ],
  cut: [send(400, json, JSON.stringify({ error_msg: `x${"😀".repeat(500)}` })), /😀/u],
  half_id: [send(201, json, String.raw`{"id": "\ud800", "name": [], "remark": "\udfff"}`), /documented shape: name/],
  half: [send(400, json, String.raw`{"error_msg": "half \ud800 a character"}`), /half . a character/],
  terminal: [send(400, json, JSON.stringify({ error_msg: `\u001b[2J\u202e${"long ".repeat(1e6)}` })), /long long/],
};

/** A server between the engine and the simulator. It forwards what it does not answer itself. */
describe("Hostile answers, on the engine,", function () {
  this.timeout(180_000);
  let simulator: TestSimulator;
  let elsewhere: Script;
  let between: Script;
  let stack: TestStack;
  /** Whether the creates above get these answers. */
  let isHostile = true;
  /** Ends when all of them have got their answers. */
  let answered: Promise<unknown>;

  before(async () => {
    simulator = await openSimulator();
    await simulator.control.quotas({ environments: 50 });
    elsewhere = await serve({ status: 201, body: { id: "stolen", name: "redirect" } });
    const answers = new Map(Object.entries(hostile).map(([name, [answer]]) => [name, answer]));
    answers.set("redirect", send(307, { location: elsewhere.url }, ""));
    const waiting = new Set(answers.keys());
    let allAnswered: (value?: unknown) => void;
    answered = new Promise((resolve) => (allAnswered = resolve));
    between = await serve(async (request, response) => {
      const body = request.body.toString();
      const name = /"name":"(\w+)"/.exec(body)?.[1] ?? "";
      const answer = request.method === "POST" && request.target.endsWith("/envs") ? answers.get(name) : undefined;
      if (isHostile && answer) {
        answer(request, response);
        waiting.delete(name);
        if (waiting.size === 0) allAnswered();
        return;
      }
      // The good call comes after all of them, so that it shows that the same process still works.
      if (isHostile && request.target.includes("/credentials")) await answered;
      const passed = await passOn(request);
      response.writeHead(passed.status, { "content-type": "application/json" }).end(await passed.text());
    });
    const { env, info } = simulator;
    stack = await TestStack.open({
      program: () => {
        for (const name of answers.keys()) new apig.Environment(name, { name });
        new apig.BkciCredential("shop", { credentialId: "shop", type: "PASSWORD", password: "open" });
        return Promise.resolve();
      },
      env: {
        ...env,
        BKCI_ENDPOINT: between.url,
        HW_ENDPOINTS: JSON.stringify({ apig: between.url, kms: info.kms, iam: info.iam }),
        HW_MAX_RETRIES: "0",
        HW_MAX_CONCURRENCY: "32",
      },
    });
  });
  after(async () => {
    await stack.close();
    await between.close();
    await elsewhere.close();
    await simulator.close();
  });

  function passOn({ method, target, headers, body }: Received): Promise<Response> {
    const { "x-auth-token": token = "", "content-type": type = "application/json" } = headers;
    const sent = method === "GET" ? {} : { body: new Uint8Array(body) };
    return fetch(new URL(target, simulator.info.url), {
      method,
      headers: { "x-auth-token": String(token), "content-type": type },
      ...sent,
    });
  }

  it("give one error each, which says what came; the process continues and makes the other resources", async () => {
    const message = await stack.up({ continueOnError: true }).then(
      () => assert.fail("it did not fail"),
      (error: unknown) => (error as Error).message,
    );
    for (const [name, [, reason]] of Object.entries(hostile)) {
      const line = message.split("\n").find((each) => each.includes(`environment ${name}:`)) ?? "";
      assert.match(line, reason, `${name} in ${message}`);
      assert.ok(line.length < 2_000, `${name}: ${line.length}`);
    }
    assert.match(message, /environment redirect: .*redirect/);
    assert.doesNotMatch(message, /[^\P{Cc}\n]|\p{Bidi_Control}|TypeError|URIError/u);
    const { credentials, environments } = await rowsOf(simulator);
    assert.deepEqual([credentials.map(({ id }) => id), environments.length], [["shop"], 1]);
  });

  it("never make the provider send its token to another host", () => {
    assert.deepEqual(elsewhere.received, []);
  });

  it("leave nothing behind that prevents the next up or a destroy", async () => {
    isHostile = false;
    const { changes } = await stack.up();
    assert.equal(changes.create, Object.keys(hostile).length + 1);
    await stack.destroy();
    const { credentials, environments } = await rowsOf(simulator);
    assert.deepEqual([credentials.length, environments.length], [0, 1], "RELEASE");
  });
});
