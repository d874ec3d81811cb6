import assert from "node:assert/strict";
import { ApiError, failedAs, SettingsError } from "../../../provider/http/errors";
import { nameSettings } from "../../../provider/settings/keys";
import type { CallArguments, Operation } from "../../../provider/http/operation";
import { create, createCredential, listProjects, read, tagQuery } from "./support/operations";
import { connectTo, heldRuntime, place, servers, type Answer } from "./support/server";

const open = servers();
const inInstance: CallArguments = { path: { instance_id: "i1" }, subject: "pets" };
const onThing: CallArguments = { path: { id: "t1" }, subject: "t1" };

/** The error of a call to a server that always gives this answer. */
async function failure(operation: Operation<unknown>, args: CallArguments, answer: Answer): Promise<ApiError> {
  const server = await open(answer);
  const connection = connectTo(server.url, heldRuntime(), { "bkci:userId": "u" });
  const caller = operation.service === "bkci" ? connection.bkci() : connection.huawei(place);
  const error = await caller.call(operation, args).catch((thrown: unknown) => thrown);
  assert.ok(error instanceof ApiError, String(error));
  assert.doesNotMatch(error.message, /undefined|\n|\.\./);
  return error;
}

const apig = (status: number, code: string, message = "words"): Answer => ({
  status,
  headers: { "X-Request-Id": "r-1" },
  body: { error_code: code, error_msg: message },
});

describe("an error of a call", () => {
  it("says action, subject, the service's words, code, status, request id and what to do next in one line", async () => {
    const error = await failure(
      create,
      inInstance,
      apig(400, "APIG.2012", "Invalid parameter value,parameterName:name."),
    );
    assert.equal(
      error.message,
      "could not create the thing pets: Invalid parameter value,parameterName:name (APIG.2012, HTTP 400, request r-1). " +
        "Correct the input it complains about.",
    );
    const { kind, status, code, requestId, operation, attempts } = error;
    assert.deepEqual(
      { kind, status, code, requestId, operation, attempts },
      { kind: "invalid", status: 400, code: "APIG.2012", requestId: "r-1", operation: "CreateThing", attempts: 1 },
    );
  });

  it("belongs to one family with settings errors, told apart by kind", async () => {
    const error = await failure(read, onThing, apig(404, "APIG.3004"));
    assert.ok(failedAs(error, "not-found", "exists"));
    assert.ok(!failedAs(error, "forbidden"));
    assert.ok(failedAs(new SettingsError("x"), "settings"));
    assert.ok(!failedAs(new Error("x"), "settings"));
  });

  it("reads the code wherever services put it", async () => {
    const pair = { error_code: "APIG.3004", error_msg: "App does not exist" };
    for (const body of [pair, { error: pair }, { code: pair.error_code, message: pair.error_msg }]) {
      const error = await failure(read, onThing, { status: 404, body });
      assert.deepEqual([error.kind, error.code], ["not-found", "APIG.3004"]);
      assert.match(error.message, /App does not exist/);
    }
  });

  it("reads IAM's shape, where the code is only the status again", async () => {
    const body = { error: { code: 401, message: "The username or password is wrong.", title: "Unauthorized" } };
    const error = await failure(read, onThing, { status: 401, body });
    assert.equal(error.code, undefined);
    assert.match(error.message, /The username or password is wrong \(HTTP 401\)/);
  });

  it("keeps node's error as its cause when no answer came", async () => {
    const error = await failure(create, inInstance, (_, response) => void response.destroy());
    assert.ok(error.cause instanceof Error);
    assert.match(error.cause.message, /hang up|ECONNRESET/);
    assert.match(error.message, /pulumi refresh/);
  });
});

describe("codes of APIG", () => {
  for (const code of ["3001", "3002", "3003", "3004", "3009", "3015", "3072", "3082"]) {
    it(`APIG.${code} means not found`, async () => {
      assert.equal((await failure(read, onThing, apig(404, `APIG.${code}`))).kind, "not-found");
    });
  }

  for (const code of ["APIG.0101", "APIGW.0101", "APIG.3030", "APIG.3099"]) {
    it(`${code} is a 404 that means a wrong address, never that something is gone`, async () => {
      const error = await failure(read, onThing, apig(404, code));
      assert.equal(error.kind, "endpoint");
      assert.match(error.message, /region|endpoint/);
    });
  }

  it("of an instance that is unknown name the setting, and the input that wins over it", async () => {
    const { message } = await failure(create, inInstance, apig(404, "APIG.3030"));
    assert.match(message, /check huaweicloud:instanceId \(HW_APIG_INSTANCE_ID\), or `instanceId` where the resource/);
    assert.match(message, /huaweicloud:region \(HW_REGION_NAME\) and huaweicloud:endpoints \(HW_ENDPOINTS\)\./);
  });

  it("name settings as the plugin's stacks do, where it is the host", async () => {
    nameSettings({ nameOf: (key) => `apig:${key.replace(":", ".")}`, options: "--path " });
    try {
      const { message } = await failure(create, inInstance, apig(404, "APIG.3030"));
      assert.match(message, /check apig:huaweicloud\.instanceId \(HW_APIG_INSTANCE_ID\)/);
      assert.doesNotMatch(message, /huaweicloud:/);
    } finally {
      nameSettings({ nameOf: (key) => key, options: "" });
    }
  });

  it("of a sixth AppCode say why a rotation needs room, and how to make it", async () => {
    const { message } = await failure(create, inInstance, apig(403, "APIG.3131"));
    assert.match(message, /new ones are made before old ones go.*delete one.*`deleteBeforeReplace: true`.*another app/);
  });

  it("of a group that is not empty name the option that empties it", async () => {
    const { message } = await failure(read, onThing, apig(409, "APIG.3415"));
    assert.match(message, /delete those first, or set `forceDestroy: true` and run `pulumi up`/);
  });

  for (const code of ["3101", "3102", "3103", "3104", "3125", "3127", "3131", "3133"]) {
    it(`APIG.${code} is a 403 that means a quota, not a permission`, async () => {
      assert.equal((await failure(create, inInstance, apig(403, `APIG.${code}`))).kind, "quota");
    });
  }

  for (const code of ["3201", "3202", "3203", "3205"]) {
    it(`APIG.${code} means that it exists, and the ways out are those that keep what is live, then adopt`, async () => {
      const error = await failure(create, inInstance, apig(400, `APIG.${code}`));
      assert.equal(error.kind, "exists");
      assert.match(error.message, /`aliases`.*`deleteBeforeReplace: true`.*`adopt: true` if it is nobody else's/);
    });
  }

  it("of things still in use count whatever the status is", async () => {
    for (const status of [403, 409, 412]) {
      assert.equal((await failure(read, onThing, apig(status, "APIG.3415"))).kind, "conflict");
      assert.equal((await failure(read, onThing, apig(status, "APIG.3416"))).kind, "conflict");
    }
  });

  it("of permissions name the place that was addressed", async () => {
    const error = await failure(read, onThing, apig(403, "APIG.1005"));
    assert.equal(error.kind, "forbidden");
    assert.match(error.message, /project p1 in region test-1/);
  });

  it("of a refused token say how to get another one, also for tokens in state", async () => {
    const error = await failure(read, onThing, apig(401, "APIG.1002"));
    assert.equal(error.kind, "unauthorized");
    assert.match(error.message, /HW_AUTH_TOKEN/);
    assert.match(error.message, /--run-program/);
  });
});

describe("codes of CSMS", () => {
  for (const code of ["CSMS.0005", "CSMS.0106"]) {
    it(`${code} is a 400 that means not found`, async () => {
      assert.equal(
        (await failure(tagQuery, {}, { status: 400, body: { error: { error_code: code, error_msg: "x" } } })).kind,
        "not-found",
      );
    });
  }

  it("of a pending deletion mean a conflict", async () => {
    assert.equal((await failure(tagQuery, {}, apig(400, "CSMS.0107"))).kind, "conflict");
  });
});

describe("an unknown 404", () => {
  it("never means that something is gone", async () => {
    for (const body of ["<html>not here</html>", "", {}, { error_code: "WAF.0404", error_msg: "?" }]) {
      assert.equal((await failure(read, onThing, { status: 404, body })).kind, "endpoint");
    }
  });
});

describe("BK-CI's answers", () => {
  const documented = [
    [400, "invalid"],
    [401, "unauthorized"],
    [403, "forbidden"],
    [404, "not-found"],
    [405, "endpoint"],
    [409, "conflict"],
    [422, "invalid"],
    [423, "throttled"],
    [429, "throttled"],
    [500, "unavailable"],
  ] as const;
  for (const [status, kind] of documented) {
    it(`${status} in an envelope means ${kind}`, async () => {
      const error = await failure(listProjects, {}, { status, body: { status, message: "信息", data: null } });
      assert.deepEqual([error.kind, error.status, error.code], [kind, status, undefined]);
      assert.match(error.message, /信息/);
    });
  }

  it("count as failures when only the status in the body says so", async () => {
    const error = await failure(listProjects, {}, { status: 200, body: { status: 2101107, message: "no such build" } });
    assert.deepEqual([error.kind, error.code], ["invalid", "2101107"]);
    const refused = await failure(
      listProjects,
      {},
      { status: 200, body: { status: 401, data: "", result: true, message: "用户权限验证失败。" } },
    );
    assert.equal(refused.kind, "unauthorized");
  });

  it("tell an id that is taken from one that is missing by the code", async () => {
    const args = { path: { projectId: "demo" }, subject: "db" };
    assert.equal(
      (await failure(createCredential, args, { status: 400, body: { status: 2118008, message: "x" } })).kind,
      "exists",
    );
    assert.equal(
      (await failure(createCredential, args, { status: 400, body: { status: 2118004, message: "x" } })).kind,
      "not-found",
    );
    assert.equal(
      (await failure(createCredential, args, { status: 400, body: { status: 2118007, message: "x" } })).kind,
      "invalid",
    );
  });

  it("404 without its envelope means a wrong address", async () => {
    assert.equal((await failure(listProjects, {}, { status: 404, body: "<html></html>" })).kind, "endpoint");
  });

  it("may be plain text, in either language: the token has expired, is wrong, or is not there", async () => {
    const texts = {
      "Verification failed : token expired error: Access token expired in: 1630919127633": /past its time/,
      "Verification failed : token过期错误: Access token expired in: 1630919127633": /past its time/,
      "Verification failed : java.lang.X: token expiration error: Access token expired  in: 1": /past its time/,
      "verification failed : token parameter illegal error: Access token illegal": /copied whole/,
      "verification failed : token参数非法错误: Access token illegal": /copied whole/,
      "Request accessToken is empty.": /BKCI_ACCESS_TOKEN/,
    };
    for (const [text, advice] of Object.entries(texts)) {
      const error = await failure(listProjects, {}, { status: 400, body: text });
      assert.equal(error.kind, "unauthorized", text);
      assert.match(error.message, advice);
      assert.match(error.message, /user\/token\/get/);
    }
  });

  it("as plain text about the path or a gateway mean the address or the permission", async () => {
    const path = await failure(listProjects, {}, { status: 400, body: "Devops OpenAPI Auth fail: path(/x) illegal!" });
    assert.equal(path.kind, "endpoint");
    const gateway = await failure(listProjects, {}, { status: 403, body: "You do not have permission to access" });
    assert.equal(gateway.kind, "forbidden");
  });
});
