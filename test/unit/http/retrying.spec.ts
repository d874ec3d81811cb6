import assert from "node:assert/strict";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { ApiError } from "../../../provider/http/errors";
import type { CallArguments, Operation } from "../../../provider/http/operation";
import { create, createCredential, listProjects, read, tagQuery, update } from "./support/operations";
import { connectTo, heldRuntime, place, servers, type Answer } from "./support/server";

const open = servers();
const good: Answer = { status: 200, body: {} };
const made: Answer = { status: 201, body: { id: "t1" } };
const apig = (status: number, code: string): Answer => ({ status, body: { error_code: code, error_msg: "words" } });
/** Reads the request, then closes the connection: the call may have taken effect or not. */
const hangUp: Answer = (_, response) => void response.destroy();

const onThing: CallArguments = { path: { id: "t1" } };
const inInstance: CallArguments = { path: { instance_id: "i1" } };

async function outcome(operation: Operation<unknown>, args: CallArguments, answers: readonly Answer[], config = {}) {
  const server = await open(...answers);
  const runtime = heldRuntime();
  const connection = connectTo(server.url, runtime, config);
  const caller = operation.service === "bkci" ? connection.bkci() : connection.huawei(place);
  const result = await caller.call(operation, args).then(
    () => "done",
    (error: unknown) => (error instanceof ApiError ? error : assert.fail(error as Error)),
  );
  return {
    result,
    kind: result instanceof ApiError ? result.kind : result,
    sent: server.received.length,
    slept: runtime.slept,
  };
}

describe("retries of calls that may be repeated", () => {
  for (const status of [408, 423, 429, 500, 502, 503, 504]) {
    it(`repeat after ${status}`, async () => {
      const { kind, sent } = await outcome(read, onThing, [{ status }, { status }, good]);
      assert.deepEqual({ kind, sent }, { kind: "done", sent: 3 });
    });
  }

  it("repeat after a connection that broke", async () => {
    const { kind, sent } = await outcome(read, onThing, [hangUp, good]);
    assert.deepEqual({ kind, sent }, { kind: "done", sent: 2 });
  });

  it("repeat a POST that only asks", async () => {
    const { kind, sent } = await outcome(tagQuery, {}, [{ status: 503 }, good]);
    assert.deepEqual({ kind, sent }, { kind: "done", sent: 2 });
  });

  it("repeat a write that may happen twice", async () => {
    const { kind, sent } = await outcome(update, inInstance, [apig(500, "APIG.3500"), hangUp, good]);
    assert.deepEqual({ kind, sent }, { kind: "done", sent: 3 });
  });

  for (const [status, kind] of [
    [400, "invalid"],
    [401, "unauthorized"],
    [403, "forbidden"],
    [404, "endpoint"],
    [405, "endpoint"],
    [409, "conflict"],
  ] as const) {
    it(`end at once with ${status}`, async () => {
      const answer = await outcome(read, onThing, [{ status }]);
      assert.deepEqual({ kind: answer.kind, sent: answer.sent }, { kind, sent: 1 });
    });
  }

  it("end at once with a used-up quota", async () => {
    const answer = await outcome(create, inInstance, [apig(403, "APIG.3131")]);
    assert.deepEqual({ kind: answer.kind, sent: answer.sent }, { kind: "quota", sent: 1 });
  });

  it("are as many as maxRetries, and the error tells how often it was tried", async () => {
    const { result, sent } = await outcome(read, onThing, [{ status: 503 }], { "huaweicloud:maxRetries": "3" });
    assert.ok(result instanceof ApiError);
    assert.deepEqual(
      { kind: result.kind, attempts: result.attempts, sent },
      { kind: "unavailable", attempts: 4, sent: 4 },
    );
    assert.match(result.message, /4 attempts/);
  });

  it("do not happen with maxRetries 0", async () => {
    const { sent } = await outcome(read, onThing, [{ status: 429 }], { "huaweicloud:maxRetries": "0" });
    assert.equal(sent, 1);
  });
});

describe("the time retries take", () => {
  it("is about a second after a 429 with Retry-After: 1", async () => {
    const { kind, slept } = await outcome(read, onThing, [{ status: 429, headers: { "Retry-After": "1" } }, good]);
    assert.deepEqual({ kind, slept }, { kind: "done", slept: [1000] });
  });

  it("grows from retry to retry", async () => {
    const { slept } = await outcome(read, onThing, [{ status: 503 }]);
    assert.deepEqual(slept, [100, 200, 400, 800, 1600]);
  });

  it("ends with the deadline: a longer Retry-After is not waited for", async () => {
    const { kind, sent, slept } = await outcome(read, onThing, [
      { status: 429, headers: { "Retry-After": "3600" } },
      good,
    ]);
    assert.deepEqual({ kind, sent, slept }, { kind: "throttled", sent: 1, slept: [] });
  });

  it("ends with the deadline when many shorter waits add up", async () => {
    const patient = { "huaweicloud:maxRetries": "20" };
    const { kind, slept } = await outcome(read, onThing, [{ status: 429, headers: { "Retry-After": "100" } }], patient);
    assert.equal(kind, "throttled");
    assert.ok(slept.reduce((sum, wait) => sum + wait, 0) < 600_000);
  });
});

describe("a service that does not answer", () => {
  /** The next attempt has only one second left. */
  const late: Answer = { status: 429, headers: { "Retry-After": "599" } };
  const unfinished: Readonly<Record<string, Answer>> = {
    "at all": () => undefined,
    "to the end": (_, response) => void response.writeHead(200).write('{"id": '),
    "but sends a byte from time to time": (_, response) => {
      response.writeHead(200);
      const trickle = setInterval(() => response.write(" "), 50);
      response.on("close", () => clearInterval(trickle));
    },
    "but to change the protocol": (_, response) => {
      response.socket?.end("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n");
    },
    "but to ask for patience again and again": (_, response) => {
      const again = setInterval(() => response.writeProcessing(), 50);
      response.on("close", () => clearInterval(again));
    },
  };
  for (const [what, answer] of Object.entries(unfinished)) {
    it(`${what} is given up when the time is over; a late retry gets only what is left of it`, async () => {
      const { kind, sent } = await outcome(read, onThing, [late, answer], { "huaweicloud:maxRetries": "1" });
      assert.deepEqual({ kind, sent }, { kind: "timeout", sent: 2 });
    });
  }
});

describe("calls that must not happen twice", () => {
  for (const status of [423, 429]) {
    it(`are repeated after ${status}, which says that nothing happened`, async () => {
      const { kind, sent } = await outcome(create, inInstance, [{ status }, made]);
      assert.deepEqual({ kind, sent }, { kind: "done", sent: 2 });
    });
  }

  for (const code of ["APIC.7701", "APIC.7712", "APIG.3718"]) {
    it(`are repeated after 409 ${code}, with a delay: the instance is busy`, async () => {
      const { kind, sent, slept } = await outcome(create, inInstance, [apig(409, code), made]);
      assert.deepEqual({ kind, sent }, { kind: "done", sent: 2 });
      assert.ok(slept.every((wait) => wait >= 500));
    });
  }

  for (const code of ["APIG.3500", "APIG.9004", "APIG.9008", "APIG.9999"]) {
    it(`are sent once and reported as ambiguous after 500 ${code}`, async () => {
      const { kind, sent } = await outcome(create, inInstance, [apig(500, code), made]);
      assert.deepEqual({ kind, sent }, { kind: "ambiguous", sent: 1 });
    });
  }

  for (const status of [408, 500, 502, 503, 504]) {
    it(`are sent once and reported as ambiguous after ${status}`, async () => {
      const { kind, sent } = await outcome(create, inInstance, [{ status }, made]);
      assert.deepEqual({ kind, sent }, { kind: "ambiguous", sent: 1 });
    });
  }

  it("are sent once and reported as ambiguous after a connection that broke", async () => {
    const { kind, sent } = await outcome(create, inInstance, [hangUp, made]);
    assert.deepEqual({ kind, sent }, { kind: "ambiguous", sent: 1 });
  });

  it("are ambiguous when the success answer is cut off", async () => {
    const { kind, sent } = await outcome(create, inInstance, [{ status: 201, body: '{"id": "t' }]);
    assert.deepEqual({ kind, sent }, { kind: "ambiguous", sent: 1 });
  });

  it("are repeated on a refused connection, which never carried them", async () => {
    const port = await closedPort();
    const runtime = heldRuntime();
    const caller = connectTo(`http://127.0.0.1:${port}/`, runtime).huawei(place);
    const error = await caller.call(create, inInstance).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof ApiError);
    assert.deepEqual({ kind: error.kind, retries: runtime.slept.length }, { kind: "network", retries: 5 });
  });

  it("of BK-CI follow the same rule", async () => {
    const args = { path: { projectId: "demo" } };
    const user = { "bkci:userId": "u" };
    assert.equal((await outcome(createCredential, args, [{ status: 500 }], user)).kind, "ambiguous");
    assert.equal(
      (await outcome(createCredential, args, [{ status: 429 }, { status: 200, body: { status: 0, data: true } }], user))
        .kind,
      "done",
    );
    assert.equal(
      (await outcome(listProjects, {}, [{ status: 500 }, { status: 200, body: { status: 0, data: [] } }], user)).kind,
      "done",
    );
  });
});

describe("a service that is down", () => {
  it("is not asked ever more by a whole run: the budget ends the retries of all calls together", async () => {
    const server = await open({ status: 503 });
    const caller = connectTo(server.url).huawei(place);
    const calls = 60;
    await Promise.all(Array.from({ length: calls }, () => caller.call(read, onThing).catch(() => undefined)));
    assert.equal(server.received.length, calls + 100);
  });
});

/** A port without a server. */
async function closedPort(): Promise<number> {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", resolve));
  const { port } = holder.address() as AddressInfo;
  await new Promise((resolve) => holder.close(resolve));
  return port;
}
