import assert from "node:assert/strict";
import { AxiosError } from "axios";
import { failureOf, refusal } from "../../../provider/http/failure";

/** The error that axios throws when node's socket fails with this code. */
function fault(code: string, syscall?: string) {
  const cause = Object.assign(new Error(`${code} happened`), { code, syscall });
  const error = new AxiosError(cause.message, code, { url: "https://apig.example.com/x?access_token=t" } as never);
  error.cause = cause;
  const failure = failureOf(error, "apig");
  assert.ok(failure);
  return failure;
}

describe("a connection that fails", () => {
  for (const code of ["ECONNREFUSED", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]) {
    it(`with ${code} never carried the request, and may come back`, () => {
      const { kind, effect, transient } = fault(code);
      assert.deepEqual({ kind, effect, transient }, { kind: "network", effect: "none", transient: true });
    });
  }

  it("while it was being opened never carried the request", () => {
    assert.equal(fault("ETIMEDOUT", "connect").effect, "none");
    assert.equal(fault("ECONNRESET", "connect").effect, "none");
  });

  for (const code of ["ECONNRESET", "EPIPE", "ETIMEDOUT"]) {
    it(`with ${code} later may have carried the request`, () => {
      assert.deepEqual([fault(code, "read").effect, fault(code, "read").transient], ["unknown", true]);
    });
  }

  it("for want of the host will not come back, and names it", () => {
    const { effect, transient, reason } = fault("ENOTFOUND");
    assert.deepEqual({ effect, transient }, { effect: "none", transient: false });
    assert.match(reason, /apig\.example\.com/);
  });

  for (const code of [
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "CERT_HAS_EXPIRED",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "EPROTO",
  ]) {
    it(`with ${code} will not come back`, () => {
      assert.deepEqual([fault(code).effect, fault(code).transient], ["none", false]);
    });
  }

  it("by running out of time may have carried the request", () => {
    const { kind, effect } = fault("ERR_CANCELED");
    assert.deepEqual({ kind, effect }, { kind: "timeout", effect: "unknown" });
  });

  it("is described without the rest of the address", () => {
    assert.doesNotMatch(JSON.stringify(fault("ECONNRESET")), /access_token/);
  });
});

describe("an error that is no failed attempt", () => {
  it("is not explained away", () => {
    assert.equal(failureOf(new TypeError("a bug"), "apig"), undefined);
  });
});

describe("BK-CI's envelope inside a 200", () => {
  const inside = (status: number) => {
    const bytes = new TextEncoder().encode(JSON.stringify({ status, message: "no" }));
    const { kind, effect, transient } = refusal(200, bytes, () => undefined, "bkci");
    return { kind, effect, transient };
  };

  it("with a 500 may have taken effect, like the HTTP status", () => {
    assert.deepEqual(inside(500), { kind: "unavailable", effect: "unknown", transient: true });
    assert.deepEqual(inside(408), { kind: "unavailable", effect: "unknown", transient: true });
  });

  it("with a 404 is about the address, never about the object, and with 401 and 403 about the caller", () => {
    assert.equal(inside(404).kind, "endpoint");
    assert.deepEqual([inside(401).kind, inside(403).kind], ["unauthorized", "forbidden"]);
  });

  it("with a code of seven digits is a refusal", () => {
    assert.deepEqual(inside(2118008), { kind: "exists", effect: "none", transient: false });
    assert.deepEqual(inside(2100099), { kind: "invalid", effect: "none", transient: false });
  });
});

describe("the words of a service", () => {
  it("are found beside an error that is null", () => {
    const bytes = new TextEncoder().encode(JSON.stringify({ error: null, error_code: "APIG.3004", error_msg: "gone" }));
    const { kind, code, words } = refusal(404, bytes, () => undefined, "apig");
    assert.deepEqual({ kind, code, words }, { kind: "not-found", code: "APIG.3004", words: "gone" });
  });
});
