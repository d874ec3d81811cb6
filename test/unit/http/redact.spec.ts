import assert from "node:assert/strict";
import fc from "fast-check";
import { Secrets, secretsInBody } from "../../../provider/http/redact";

describe("masking", () => {
  it("finds a secret as it is, inside JSON, inside a URL, and decoded", () => {
    const secrets = new Secrets(['a+b/"c=', "x%2By%3D"]);
    const text = ['a+b/"c=', JSON.stringify({ k: 'a+b/"c=' }), encodeURIComponent('a+b/"c='), "x%2By%3D", "x+y="].join(
      " | ",
    );
    assert.equal(secrets.mask(text), '[secret] | {"k":"[secret]"} | [secret] | [secret] | [secret]');
  });

  it("masks the longer of two secrets first, so that nothing of it is left", () => {
    assert.equal(new Secrets(["abcd", "abcdefgh"]).mask("abcdefgh abcd"), "[secret] [secret]");
  });

  it("leaves words alone that are too short to be secrets", () => {
    assert.equal(new Secrets(["", "a", "abc"]).mask("an abc"), "an abc");
  });

  it("never lets a secret through, whatever it is made of", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4, maxLength: 20 }), fc.string(), fc.string(), (secret, before, after) => {
        fc.pre(!"[secret]".includes(secret) && !`${before}[secret]${after}`.includes(secret));
        assert.ok(!new Secrets([secret]).mask(before + secret + after).includes(secret));
      }),
    );
  });
});

describe("secrets in a request body", () => {
  it("are the values of fields that carry them, at any depth", () => {
    const body = {
      app_code: "c",
      app_secret: "s",
      name: "n",
      credentialId: "id",
      v1: "1",
      v4: "4",
      auth: { identity: { methods: ["password"], password: { user: { name: "u", password: "p" } } } },
      list: [{ secretKey: "k" }, { accessToken: "t" }],
    };
    assert.deepEqual(secretsInBody(body).sort(), ["1", "4", "c", "k", "p", "s", "t"]);
  });

  it("are none where there is no body", () => {
    assert.deepEqual(secretsInBody(undefined), []);
  });
});
