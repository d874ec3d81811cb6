import assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  numbered,
  problemOfPrivateKey,
  slotNames,
  slots,
  typeNames,
  wrongSlots,
  type BkciCredentialType,
} from "../../../provider/resources/bkci-credential/types";

const rsa = ["-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----"] as const;
const openssh = ["-----BEGIN OPENSSH PRIVATE KEY-----", "-----END OPENSSH PRIVATE KEY-----"] as const;

describe("BK-CI credential types", () => {
  it("number their values as BK-CI does", () => {
    const values = Object.fromEntries(slotNames.map((slot) => [slot, `<${slot}>`]));
    const table: Record<BkciCredentialType, string> = {
      PASSWORD: "<password>",
      MULTI_LINE_PASSWORD: "<password>",
      ACCESSTOKEN: "<accessToken>",
      OAUTHTOKEN: "<oauthToken>",
      SECRETKEY: "<secretKey>",
      USERNAME_PASSWORD: "<username> <password>",
      APPID_SECRETKEY: "<appId> <secretKey>",
      SSH_PRIVATEKEY: "<privateKey> <passphrase>",
      TOKEN_SSH_PRIVATEKEY: "<token> <privateKey> <passphrase>",
      TOKEN_USERNAME_PASSWORD: "<token> <username> <password>",
      COS_APPID_SECRETID_SECRETKEY_REGION: "<cosAppId> <secretId> <secretKey> <region>",
    };
    assert.deepEqual([...typeNames].sort(), Object.keys(table).sort());
    for (const type of typeNames) {
      const sent = numbered(type, values);
      assert.deepEqual(Object.keys(sent), ["v1", "v2", "v3", "v4"].slice(0, Object.keys(sent).length));
      assert.equal(Object.values(sent).join(" "), table[type]);
    }
    assert.deepEqual(numbered("SSH_PRIVATEKEY", { privateKey: "k" }), { v1: "k" });
  });

  it("accept exactly their own values, with or without a passphrase", () => {
    fc.assert(
      fc.property(fc.constantFrom(...typeNames), fc.subarray(slotNames), (type, given) => {
        const own: readonly string[] = slots[type];
        const needed = own.filter((slot) => slot !== "passphrase");
        const fits = given.every((slot) => own.includes(slot)) && needed.every((slot) => given.some((g) => g === slot));
        assert.equal(wrongSlots(type, new Set(given)).length === 0, fits);
      }),
    );
  });

  it("take a private key from its header to its footer and nothing around it", () => {
    const inside = fc.string({ unit: fc.constantFrom("a", "Z", "0", "+", "/", "=", "\n") });
    const around = fc.constantFrom("\n", " ", "\r\n", "\t", "x", "\n\n");
    fc.assert(
      fc.property(fc.constantFrom(rsa, openssh), inside, around, ([header, footer], text, more) => {
        const key = `${header}\n${text}\n${footer}`;
        assert.equal(problemOfPrivateKey(key), undefined);
        assert.ok(problemOfPrivateKey(key + more));
        assert.ok(problemOfPrivateKey(more + key));
        assert.ok(problemOfPrivateKey(key.slice(0, -1)));
      }),
    );
  });

  it("do not take a private key whose footer is of another kind, or of a kind that BK-CI does not know", () => {
    assert.match(problemOfPrivateKey(`${rsa[0]}\nx\n${openssh[1]}`) ?? "", /must end with -----END RSA/);
    for (const kind of ["", "EC ", "ENCRYPTED "]) {
      const key = `-----BEGIN ${kind}PRIVATE KEY-----\nx\n-----END ${kind}PRIVATE KEY-----`;
      assert.match(problemOfPrivateKey(key) ?? "", /must start with/);
    }
  });

  it("never show a value in a reason", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), (secret) => {
        const planted = `canary${secret}`;
        for (const key of [planted, `${rsa[0]}${planted}`, `${rsa[0]}${planted}${rsa[1]}\n`]) {
          assert.ok(!problemOfPrivateKey(key)?.includes("canary"));
        }
      }),
    );
  });
});
