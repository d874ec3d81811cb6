import assert from "node:assert/strict";
import { ApiError } from "../../../provider/http/errors";
import { createCredential, listProjects } from "../http/support/operations";
import { connectTo, heldRuntime, respond, servers, type Answer } from "../http/support/server";

const open = servers();
/** As the token endpoint gives it: Base64, already percent-encoded. */
const encoded = "PryT%2Bx%2FowDez%3D%3D";
const plain = "PryT+x/owDez==";
const ok: Answer = { status: 200, body: { status: 0, data: [] } };
const start = Date.UTC(2026, 0, 15);

/** A server that accepts exactly these tokens, and refuses others with the real texts. */
function server(...accepted: string[]): Answer {
  return (request, response) => {
    const token = new URL(request.target, "http://x").searchParams.get("access_token");
    if (token === null) {
      respond(response, { status: 400, body: "Request accessToken is empty." });
      return;
    }
    if (!accepted.includes(token)) {
      respond(response, {
        status: 400,
        body: `Verification failed : token过期错误: Access token expired in: ${start}`,
      });
      return;
    }
    respond(response, { status: 200, body: { status: 0, data: [] } });
  };
}

/** A runtime whose command prints these outputs, one after the other. */
function printing(...outputs: (string | Error)[]) {
  const commands: string[] = [];
  const runCommand = (command: string) => {
    commands.push(command);
    const output = outputs[Math.min(commands.length, outputs.length) - 1];
    return output instanceof Error ? Promise.reject(output) : Promise.resolve(output ?? "");
  };
  return { ...heldRuntime(start), runCommand, commands };
}

async function failing(promise: Promise<unknown>): Promise<ApiError> {
  const error = await promise.catch((thrown: unknown) => thrown);
  assert.ok(error instanceof ApiError, String(error));
  return error;
}

describe("a BK-CI access token", () => {
  for (const [form, accessToken] of Object.entries({ encoded, plain })) {
    it(`given ${form} stands in the query encoded exactly once`, async () => {
      const script = await open(ok);
      const caller = connectTo(script.url, heldRuntime(), { "bkci:accessToken": accessToken }).bkci();
      await caller.call(listProjects, {});
      await caller.call(listProjects, { query: { page: 1 } });
      assert.deepEqual(
        script.received.map(({ target }) => target.replace(/^[^?]*/, "")),
        [`?access_token=${encoded}`, `?page=1&access_token=${encoded}`],
      );
    });
  }

  it("goes with the user, and without a token the user is the identity", async () => {
    const script = await open(ok);
    await connectTo(script.url, heldRuntime(), { "bkci:accessToken": encoded, "bkci:userId": "ci-bot" })
      .bkci()
      .call(listProjects);
    await connectTo(script.url, heldRuntime(), { "bkci:userId": "ci-bot" }).bkci().call(listProjects);
    assert.deepEqual(
      script.received.map(({ headers }) => headers["x-devops-uid"]),
      ["ci-bot", "ci-bot"],
    );
    assert.equal(script.received[1]?.target.includes("?"), false);
  });

  it("or a user is needed before anything is sent", async () => {
    const script = await open(ok);
    const error = await failing(connectTo(script.url).bkci().call(listProjects));
    assert.match(error.message, /BKCI_USER_ID.*BKCI_ACCESS_TOKEN/);
    assert.deepEqual([error.kind, error.attempts, script.received.length], ["unauthorized", 0, 0]);
  });

  it("without a user names the setting where a server misses the user", async () => {
    const script = await open({ status: 400, body: { status: 400, message: "Parameter error: X-DEVOPS-UID" } });
    const refusedFor = async (config: Record<string, string>) => {
      const caller = connectTo(script.url, heldRuntime(), { "bkci:accessToken": encoded, ...config }).bkci();
      return (await failing(caller.call(listProjects))).message;
    };
    assert.match(await refusedFor({}), /No user is set.*set bkci:userId \(BKCI_USER_ID\)\. Else correct the input/);
    assert.match(await refusedFor({ "bkci:userId": "ci-bot" }), /HTTP 400\)\. Correct the input it complains about\.$/);
  });

  it("that is known to have ended is not sent at all", async () => {
    const script = await open(ok);
    const config = { "bkci:accessToken": encoded, "bkci:expirationTime": String(start) };
    const error = await failing(connectTo(script.url, heldRuntime(start), config).bkci().call(listProjects));
    assert.match(
      error.message,
      /^could not list the BK-CI projects: the BK-CI access token expired at 2026-01-15T00:00:00.000Z\. /,
    );
    assert.match(error.message, /user\/token\/get.*BKCI_TOKEN_COMMAND/);
    assert.equal(script.received.length, 0);
    const runtime = heldRuntime(start - 1);
    await connectTo(script.url, runtime, config).bkci().call(listProjects);
    assert.equal(script.received.length, 1);
  });

  it("that the server refuses is not sent again, when there is no command for a fresh one", async () => {
    const script = await open(server());
    const error = await failing(
      connectTo(script.url, heldRuntime(), { "bkci:accessToken": encoded }).bkci().call(listProjects),
    );
    assert.deepEqual([error.kind, script.received.length], ["unauthorized", 1]);
  });
});

describe("bkci:tokenCommand", () => {
  const info = { userId: "u", expirationTime: start + 86_400_000, accessToken: encoded };
  for (const [form, output] of Object.entries({
    bare: `${encoded}\n`,
    "not encoded": plain,
    "the token endpoint's object": JSON.stringify(info),
    "the object in the usual envelope": JSON.stringify({ status: 0, data: info }),
  })) {
    it(`may print a token ${form}`, async () => {
      const script = await open(server(plain));
      const runtime = printing(output);
      await connectTo(script.url, runtime, { "bkci:tokenCommand": "print it" }).bkci().call(listProjects);
      assert.deepEqual(runtime.commands, ["print it"]);
    });
  }

  it("is run at first need, once, however many calls ask", async () => {
    const script = await open(server("fresh"));
    const runtime = printing("fresh");
    const connection = connectTo(script.url, runtime, { "bkci:tokenCommand": "print it" });
    assert.deepEqual(runtime.commands, []);
    await Promise.all(Array.from({ length: 20 }, () => connection.bkci().call(listProjects)));
    assert.equal(runtime.commands.length, 1);
  });

  it("is not run while the given token is accepted", async () => {
    const script = await open(server("given"));
    const runtime = printing("fresh");
    await connectTo(script.url, runtime, { "bkci:accessToken": "given", "bkci:tokenCommand": "print it" })
      .bkci()
      .call(listProjects);
    assert.deepEqual(runtime.commands, []);
  });

  it("is run once when the token has ended mid-run, for all calls that were refused, also for a create", async () => {
    const script = await open(server("fresh"));
    const runtime = printing("fresh");
    const caller = connectTo(script.url, runtime, {
      "bkci:accessToken": "given",
      "bkci:tokenCommand": "print it",
    }).bkci();
    const args = { path: { projectId: "demo" } };
    await Promise.all([
      caller.call(createCredential, args),
      ...Array.from({ length: 9 }, () => caller.call(listProjects)),
    ]);
    assert.equal(runtime.commands.length, 1);
  });

  it("is run ahead of the known end of a token", async () => {
    const script = await open(server("given", "fresh"));
    const runtime = printing("fresh");
    const config = {
      "bkci:accessToken": "given",
      "bkci:expirationTime": String(start + 3_600_000),
      "bkci:tokenCommand": "print it",
    };
    const caller = connectTo(script.url, runtime, config).bkci();
    await caller.call(listProjects);
    runtime.pass(3_590_000);
    await caller.call(listProjects);
    assert.deepEqual(
      script.received.map(({ target }) => target.split("=")[1]),
      ["given", "fresh"],
    );
  });

  it("is not run over and over when what it prints is refused too", async () => {
    const script = await open(server());
    const runtime = printing("stale");
    const error = await failing(
      connectTo(script.url, runtime, { "bkci:tokenCommand": "print it" }).bkci().call(listProjects),
    );
    assert.equal(error.kind, "unauthorized");
    assert.equal(runtime.commands.length, 2);
  });

  const useless: Readonly<Record<string, string | Error>> = {
    "prints nothing": " \n",
    "prints prose": "please log in first",
    "prints what somebody gets who is not logged in":
      '{"status": 401,"data": "","result":true,"message": "用户权限验证失败。"}',
    "prints an object without a token": '{"secret-word": 1}',
    "prints damaged JSON": '{"accessToken": "secret-word',
    "prints a web page": "<html><title>secret-word</title></html>",
    "prints a web page inside of an object": '{"accessToken": "<html>secret-word</html>"}',
    "prints what does something to a terminal": "secret-word\u001b[2J",
    "prints letters that are no ASCII": "secret-word用户",
    "prints more than a URL may hold": "secret-word".repeat(1_000),
    fails: new Error("failed with exit code 3"),
  };
  for (const [what, output] of Object.entries(useless)) {
    it(`that ${what} is named in the error, which shows nothing it printed`, async () => {
      const script = await open(ok);
      const error = await failing(
        connectTo(script.url, printing(output), { "bkci:tokenCommand": "print it" }).bkci().call(listProjects),
      );
      assert.equal(error.kind, "unauthorized");
      assert.match(error.message, /bkci:tokenCommand \(BKCI_TOKEN_COMMAND\)/);
      assert.doesNotMatch(error.message, /secret-word|log in first|用户/);
      assert.equal(script.received.length, 0);
    });
  }
});
