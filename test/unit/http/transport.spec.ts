import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttp, type Server } from "node:http";
import { createServer as createHttps } from "node:https";
import { connect, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { Connection } from "../../../provider/settings/connection";
import { loadSettings } from "../../../provider/settings/settings";
import { ApiError, SettingsError } from "../../../provider/http/errors";
import { read } from "./support/operations";
import { connectTo, heldRuntime, place, servers } from "./support/server";
import { certificate, key } from "./support/tls";

const open = servers();
const args = { path: { id: "t1" } };
const running: Server[] = [];
const tunnels: Duplex[] = [];
let folder = "";
let caFile = "";

before(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-apig-"));
  caFile = join(folder, "ca.pem");
  writeFileSync(caFile, certificate);
});
after(() => rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
  // A server does not close the sockets that it turned into tunnels.
  for (const tunnel of tunnels.splice(0)) tunnel.destroy();
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listen(server: Server): Promise<number> {
  running.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

const tlsServer = () =>
  listen(createHttps({ cert: certificate, key }, (_, response) => void response.end('"over TLS"')));

async function call(endpoint: string, config: Record<string, string>): Promise<unknown> {
  return connectTo(endpoint, heldRuntime(), config)
    .huawei(place)
    .call(read, args)
    .catch((error: unknown) => error);
}

describe("a TLS connection", () => {
  it("is refused when nobody vouches for the server, at once and with the way out", async () => {
    const error = await call(`https://127.0.0.1:${await tlsServer()}/`, {});
    assert.ok(error instanceof ApiError);
    assert.deepEqual([error.kind, error.attempts], ["network", 1]);
    assert.match(error.message, /HW_CACERT_FILE/);
  });

  it("is accepted when the authority is in caCertFile", async () => {
    assert.equal(
      await call(`https://127.0.0.1:${await tlsServer()}/`, { "huaweicloud:caCertFile": caFile }),
      "over TLS",
    );
  });

  it("is accepted without question with insecure", async () => {
    assert.equal(await call(`https://127.0.0.1:${await tlsServer()}/`, { "huaweicloud:insecure": "true" }), "over TLS");
  });

  it("needs a caCertFile that can be read", () => {
    assert.throws(
      () => connectTo("https://127.0.0.1/", heldRuntime(), { "huaweicloud:caCertFile": join(folder, "none.pem") }),
      (error: unknown) => error instanceof SettingsError && /HW_CACERT_FILE.*ENOENT/.test(error.message),
    );
  });
});

describe("proxy variables", () => {
  const names = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"].flatMap((name) => [name, name.toLowerCase()]);
  let saved: [string, string | undefined][] = [];
  beforeEach(() => {
    saved = names.map((name) => [name, process.env[name]]);
    for (const name of names) Reflect.deleteProperty(process.env, name);
  });
  afterEach(() => {
    for (const [name, value] of saved) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  });

  it("send plain http through the proxy", async () => {
    const seen: string[] = [];
    const proxy = await listen(
      createHttp((request, response) => {
        seen.push(request.url ?? "");
        response.end('"by proxy"');
      }),
    );
    process.env["HTTP_PROXY"] = `http://127.0.0.1:${proxy}`;
    assert.equal(await call("http://apig.test/", { "huaweicloud:insecure": "true" }), "by proxy");
    assert.deepEqual(seen, ["http://apig.test/v2/p1/things/t1"]);
  });

  it("send https through a tunnel, whose end is checked against caCertFile", async () => {
    const target = await tlsServer();
    const seen: string[] = [];
    const proxy = createHttp();
    proxy.on("connect", (request, client) => {
      seen.push(request.url ?? "");
      tunnels.push(client);
      const upstream = connect(target, "127.0.0.1", () => {
        client.write("HTTP/1.1 200 OK\r\n\r\n");
        upstream.pipe(client).pipe(upstream);
      });
      upstream.on("error", () => client.destroy());
      client.on("error", () => upstream.destroy());
    });
    process.env["HTTPS_PROXY"] = `http://127.0.0.1:${await listen(proxy)}`;
    assert.equal(await call("https://apig.test/", { "huaweicloud:caCertFile": caFile }), "over TLS");
    assert.deepEqual(seen, ["apig.test:443"]);
    const stranger = await call("https://apig.test/", {});
    assert.ok(stranger instanceof ApiError && stranger.kind === "network");
  });

  it("show the host that is asked: the one of the recorded region, not of the settings", async () => {
    const seen: string[] = [];
    const proxy = createHttp();
    proxy.on("connect", (request, client) => {
      seen.push(request.url ?? "");
      client.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    });
    process.env["HTTPS_PROXY"] = `http://127.0.0.1:${await listen(proxy)}`;
    const settings: Record<string, string> = {
      "huaweicloud:region": "new-1",
      "huaweicloud:cloud": "cloud.test",
      "huaweicloud:token": "tok",
      "huaweicloud:maxRetries": "0",
    };
    const connection = new Connection(
      loadSettings((name) => settings[name], {}),
      heldRuntime(),
    );
    await connection
      .huawei({ region: "old-1", projectId: "old" })
      .call(read, args)
      .catch(() => undefined);
    assert.deepEqual(seen, ["apig.old-1.cloud.test:443"]);
  });

  it("say so when the proxy itself refuses", async () => {
    const proxy = await listen(createHttp((_, response) => void response.writeHead(407).end("who are you?")));
    process.env["HTTP_PROXY"] = `http://127.0.0.1:${proxy}`;
    const error = await call("http://apig.test/", { "huaweicloud:insecure": "true" });
    assert.ok(error instanceof ApiError);
    assert.equal(error.kind, "network");
    assert.match(error.message, /proxy/);
  });

  for (const value of ["http://user:canary@proxy:port", "socks5://canary:1080", "http://", "canary with spaces"]) {
    it(`that say ${value} are named, and their value is not shown`, async () => {
      process.env["HTTP_PROXY"] = value;
      const error = await call("http://apig.test/", { "huaweicloud:insecure": "true" });
      assert.ok(error instanceof SettingsError, String(error));
      assert.match(error.message, /HTTP_PROXY/);
      assert.doesNotMatch(error.message, /canary/);
    });
  }

  it("do not apply to this machine, and do no harm there", async () => {
    const server = await open({ status: 200, body: '"direct"' });
    for (const value of ["http://127.0.0.1:9", "http://proxy:port"]) {
      process.env["HTTP_PROXY"] = value;
      assert.equal(await call(server.url, {}), "direct");
    }
  });
});

describe("connections", () => {
  it("are kept open from call to call", async () => {
    let opened = 0;
    const server = createHttp((_, response) => void response.end("{}"));
    server.on("connection", () => (opened += 1));
    const port = await listen(server);
    const caller = connectTo(`http://127.0.0.1:${port}/`).huawei(place);
    for (let count = 0; count < 5; count++) await caller.call(read, args);
    assert.equal(opened, 1);
  });
});
