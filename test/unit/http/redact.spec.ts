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

  it("finds a secret in whatever way an escaper writes it, with small and capital digits, and twice over", () => {
    const secret = 'a+/"<é\n\\=😀b';
    const lower = (text: string) => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
    const inUrl = encodeURIComponent(secret);
    const inJson = JSON.stringify(secret).slice(1, -1);
    const spellings = {
      URL: inUrl,
      "URL in small digits": lower(inUrl),
      "URL, twice": encodeURIComponent(inUrl),
      form: inUrl.replaceAll("%20", "+"),
      JSON: inJson,
      "JSON, twice": JSON.stringify(inJson).slice(1, -1),
      "JSON that escapes slashes": inJson.replaceAll("/", "\\/"),
      "JSON that escapes HTML, as Go and Gson do": inJson.replaceAll("<", "\\u003c").replaceAll("=", "\\u003D"),
      "JSON in ASCII": inJson.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
      HTML: secret.replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll("é", "&#233;"),
      "one line": secret.replaceAll("\n", " "),
    };
    for (const [how, text] of Object.entries(spellings)) {
      assert.equal(new Secrets([secret]).mask(`before ${text} after`), "before [secret] after", how);
    }
  });

  it("finds a secret in base64, alone and as part of something longer, in both alphabets", () => {
    const secret = "??>>s3cr3t~~~"; // has digits that differ between the base64 alphabets
    const spellings = (text: string) => [
      Buffer.from(text).toString("base64"),
      Buffer.from(text).toString("base64url"),
      JSON.stringify(Buffer.from(text).toString("base64").replaceAll("/", "\\/")),
      encodeURIComponent(Buffer.from(text).toString("base64")),
    ];
    for (const alone of spellings(secret)) {
      assert.match(new Secrets([secret]).mask(`before ${alone} after`), /^before "?\[secret\](=|%3D)*"? after$/);
    }
    for (const user of ["u", "us", "use", "user"]) {
      for (const text of spellings(`${user}:${secret}:${user}`)) {
        const [before = "", after = "", ...more] = new Secrets([secret]).mask(text).split("[secret]");
        assert.deepEqual([before.length < 12, after.length < 12, more], [true, true, []], text);
      }
    }
  });

  it("finds single lines of a key that a service quotes in part, but not the words of its header", () => {
    const lines = ["MIIEpAIBAAKCAQEA7bq0", "Zm9vYmFyYmF6cXV4", "QUJD"];
    const key = ["-----BEGIN RSA PRIVATE KEY-----", ...lines, "-----END RSA PRIVATE KEY-----"].join("\n");
    const secrets = new Secrets([key]);
    assert.equal(secrets.mask(key), "[secret]");
    assert.equal(secrets.mask(key.replaceAll("\n", "\r\n")).includes("MIIE"), false);
    assert.equal(secrets.mask(`cannot read ${lines[0]} at line 2`), "cannot read [secret] at line 2");
    const rule = "must start with -----BEGIN RSA PRIVATE KEY-----";
    assert.equal(secrets.mask(rule), rule);
  });

  it("takes a secret of any length and make, and its beginning for it where somebody cut it", () => {
    const long = '+"\\%<é '.repeat(1_000);
    assert.equal(new Secrets([long]).mask(`x${JSON.stringify(long.slice(0, 495))}y`), 'x"[secret]"y');
    const longer = long.repeat(100);
    for (const text of [longer, longer.slice(0, 110)])
      assert.equal(new Secrets([longer]).mask(`x${text}`), "x[secret]");
    assert.equal(new Secrets([longer]).mask(longer.slice(0, 110) + "and more"), "[secret]and more");
  });

  it("finds a secret inside of JSON inside of JSON, as often as anybody would", () => {
    let text = 'p"a\\s\ns/wörd';
    const secrets = new Secrets([text]);
    for (let times = 1; times <= 6; times++) {
      text = JSON.stringify(text);
      assert.match(secrets.mask(`before ${text} after`), /^before [\\"]*\[secret\][\\"]* after$/, `${times}`);
    }
  });

  it("keeps the beginning of a text without end, and masks a secret where it is cut", () => {
    for (const secret of ["s3cr3t+".repeat(4), '"'.repeat(4), "s3cr3t+".repeat(1_000)]) {
      const text = `${"x".repeat(9_990)}${encodeURIComponent(secret)}${"%2B".repeat(3_000_000)}`;
      assert.equal(new Secrets([secret]).mask(text), `${"x".repeat(9_990)}[secret]`);
    }
  });

  it("masks secrets that hold or overlap each other, so that nothing of either is left", () => {
    assert.equal(new Secrets(["abcd", "abcdefgh"]).mask("abcdefgh abcd"), "[secret] [secret]");
    assert.equal(new Secrets(["abcdef", "defghi"]).mask("abcdefghi"), "[secret]");
  });

  it("masks short secrets where they are words of their own, and leaves the words of others alone", () => {
    const secrets = new Secrets(["", " ", "a", "é7", "$x!"]);
    assert.equal(
      secrets.mask("a man said: é7, xé7, 7 a% of $x!?"),
      "[secret] man said: [secret], xé7, 7 [secret]% of [secret]?",
    );
    assert.equal(secrets.mask(JSON.stringify({ v1: "a", v2: "é7\n" })), '{"v1":"[secret]","v2":"[secret]\\n"}');
    assert.equal(secrets.mask(`pin=%C3%A97&sum=${Buffer.from("é7").toString("base64")}`), "pin=[secret]&sum=[secret]");
  });

  it("never lets a secret through, whatever it is made of", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4, maxLength: 20 }), fc.string(), fc.string(), (secret, before, after) => {
        fc.pre(secret.trim() !== "" && !"[secret]".includes(secret) && !`${before}[secret]${after}`.includes(secret));
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
