import assert from "node:assert/strict";
import {
  demand,
  loadSettings,
  secretsOf,
  settingKeys,
  SettingsError,
  type Settings,
} from "../../../provider/settings/settings";

const load = (config: Record<string, string> = {}, environment: Record<string, string> = {}): Settings =>
  loadSettings((key) => config[key], environment);

function refusal(config: Record<string, string>, environment: Record<string, string> = {}): string {
  try {
    load(config, environment);
  } catch (error) {
    assert.ok(error instanceof SettingsError);
    return error.message;
  }
  return assert.fail("was accepted");
}

describe("settings", () => {
  it("are all optional, with their documented defaults", () => {
    assert.deepEqual(load(), {
      huaweicloud: { endpoints: {} },
      bkci: {},
      http: { insecure: false, maxRetries: 5, maxConcurrency: 8 },
    });
  });

  it("come key by key from stack config, else from the environment", () => {
    const { huaweicloud, bkci } = load(
      { "huaweicloud:region": "eu-1", "bkci:userId": "me" },
      { HW_REGION_NAME: "cn-1", HW_APIG_INSTANCE_ID: "i1", BKCI_USER_ID: "you", BKCI_PROJECT_ID: "demo" },
    );
    assert.deepEqual([huaweicloud.region, huaweicloud.instanceId], ["eu-1", "i1"]);
    assert.deepEqual([bkci.userId, bkci.projectId], ["me", "demo"]);
  });

  it("are read under every documented name, in both spellings", () => {
    const texts: Record<string, string> = {
      "huaweicloud:region": "r",
      "huaweicloud:projectId": "id",
      "huaweicloud:projectName": "name",
      "huaweicloud:authUrl": "https://iam.example.com/v3",
      "huaweicloud:instanceId": "i",
      "huaweicloud:cloud": "cloud.example.com",
      "huaweicloud:endpoints":
        '{"apig":"apig.example.com","kms":"https://kms.example.com/","iam":"https://iam.example.com"}',
      "huaweicloud:insecure": "true",
      "huaweicloud:caCertFile": "/ca.pem",
      "huaweicloud:maxRetries": "0",
      "huaweicloud:maxConcurrency": "20",
      "bkci:endpoint": "https://ci.example.com",
      "bkci:accessToken": "tok",
      "bkci:userId": "u",
      "bkci:projectId": "p",
      "bkci:tokenCommand": "get-token",
      "bkci:expirationTime": "1630565380912",
    };
    const expected: Settings = {
      huaweicloud: {
        region: "r",
        projectId: "id",
        projectName: "name",
        authUrl: "https://iam.example.com/",
        instanceId: "i",
        cloud: "cloud.example.com",
        endpoints: {
          apig: "https://apig.example.com/",
          kms: "https://kms.example.com/",
          iam: "https://iam.example.com/",
        },
      },
      bkci: {
        endpoint: "https://ci.example.com/",
        accessToken: "tok",
        userId: "u",
        projectId: "p",
        tokenCommand: "get-token",
        expirationTime: 1630565380912,
      },
      http: { insecure: true, caCertFile: "/ca.pem", maxRetries: 0, maxConcurrency: 20 },
    };
    assert.deepEqual(load(texts), expected);
    const environment = Object.entries(texts).map(([key, text]) => [
      settingKeys.find((row) => row.key === key)!.environment,
      text,
    ]);
    assert.deepEqual(load({}, Object.fromEntries(environment) as Record<string, string>), expected);
  });

  it("that are empty or blank count as not set, as in an environment file", () => {
    assert.equal(load({ "huaweicloud:region": "  " }, { HW_REGION_NAME: "cn-1" }).huaweicloud.region, "cn-1");
    assert.deepEqual(load({}, { HW_ACCESS_KEY: "", HW_SECRET_KEY: "", HW_AUTH_TOKEN: "t" }).huaweicloud.credentials, {
      kind: "token",
      token: "t",
    });
  });

  it("are named by both spellings when one is missing, with the command that sets it", () => {
    assert.throws(
      () => demand(undefined, "huaweicloud:instanceId", "to address the instance"),
      /huaweicloud:instanceId is not set.*pulumi config set huaweicloud:instanceId.*HW_APIG_INSTANCE_ID/,
    );
    assert.throws(() => demand(undefined, "bkci:accessToken", "here"), /config set --secret bkci:accessToken/);
    assert.equal(demand("x", "huaweicloud:region", "here"), "x");
  });
});

describe("Huawei Cloud credentials", () => {
  const of = (config: Record<string, string>, environment: Record<string, string> = {}) =>
    load(config, environment).huaweicloud.credentials;

  it("are a key pair, with or without a security token", () => {
    assert.deepEqual(of({ "huaweicloud:accessKey": "a", "huaweicloud:secretKey": "s" }), {
      kind: "keys",
      accessKey: "a",
      secretKey: "s",
    });
    assert.deepEqual(of({}, { HW_ACCESS_KEY: "a", HW_SECRET_KEY: "s", HW_SECURITY_TOKEN: "t" }), {
      kind: "keys",
      accessKey: "a",
      secretKey: "s",
      securityToken: "t",
    });
  });

  it("are a ready token", () => {
    assert.deepEqual(of({ "huaweicloud:token": "t" }), { kind: "token", token: "t" });
  });

  it("are a user with password and account", () => {
    assert.deepEqual(of({}, { HW_USER_NAME: "u", HW_USER_PASSWORD: "p", HW_DOMAIN_NAME: "d" }), {
      kind: "password",
      userName: "u",
      password: "p",
      domainName: "d",
    });
  });

  it("are one whole group from the first source that has any: sources never mix", () => {
    const environment = { HW_ACCESS_KEY: "env-a", HW_SECRET_KEY: "env-s", HW_SECURITY_TOKEN: "env-t" };
    assert.deepEqual(of({ "huaweicloud:token": "t" }, environment), { kind: "token", token: "t" });
    assert.deepEqual(of({ "huaweicloud:accessKey": "a", "huaweicloud:secretKey": "s" }, environment), {
      kind: "keys",
      accessKey: "a",
      secretKey: "s",
    });
    assert.match(
      refusal({ "huaweicloud:accessKey": "a" }, environment),
      /huaweicloud:secretKey \(HW_SECRET_KEY\) is not/,
    );
  });

  it("are not begun by an account name alone, which often stands in environments", () => {
    assert.deepEqual(of({ "huaweicloud:token": "t", "huaweicloud:domainName": "d" }), { kind: "token", token: "t" });
    assert.equal(of({}, { HW_DOMAIN_NAME: "d" }), undefined);
  });

  const halves: readonly (readonly [Record<string, string>, RegExp])[] = [
    [
      { "huaweicloud:accessKey": "CANARY" },
      /HW_ACCESS_KEY.* is set but huaweicloud:secretKey \(HW_SECRET_KEY\) is not/,
    ],
    [{ "huaweicloud:secretKey": "CANARY" }, /huaweicloud:accessKey \(HW_ACCESS_KEY\) is not/],
    [
      { "huaweicloud:securityToken": "CANARY" },
      /huaweicloud:securityToken.*huaweicloud:accessKey \(HW_ACCESS_KEY\) is not/,
    ],
    [
      { "huaweicloud:userName": "u", "huaweicloud:domainName": "d" },
      /huaweicloud:password \(HW_USER_PASSWORD\) is not/,
    ],
    [
      { "huaweicloud:password": "CANARY", "huaweicloud:domainName": "d" },
      /huaweicloud:userName \(HW_USER_NAME\) is not/,
    ],
    [
      { "huaweicloud:userName": "u", "huaweicloud:password": "CANARY" },
      /huaweicloud:domainName \(HW_DOMAIN_NAME\) is not/,
    ],
  ];
  for (const [config, message] of halves) {
    it(`are refused when only half is there: ${Object.keys(config).join(", ")}`, () => {
      assert.match(refusal(config), message);
      assert.doesNotMatch(refusal(config), /CANARY/);
    });
  }

  it("of two kinds in one source contradict each other, and the message names both", () => {
    const message = refusal({}, { HW_AUTH_TOKEN: "CANARY", HW_ACCESS_KEY: "CANARY", HW_SECRET_KEY: "CANARY" });
    assert.match(message, /HW_ACCESS_KEY/);
    assert.match(message, /HW_AUTH_TOKEN/);
    assert.doesNotMatch(message, /CANARY/);
    assert.match(
      refusal({ "huaweicloud:token": "t", "huaweicloud:password": "p" }),
      /huaweicloud:token.*huaweicloud:password/,
    );
  });

  it("and tokens are what has to be masked", () => {
    const secrets = (config: Record<string, string>) => secretsOf(load(config));
    assert.deepEqual(
      secrets({ "huaweicloud:accessKey": "a", "huaweicloud:secretKey": "s", "huaweicloud:securityToken": "t" }),
      ["a", "s", "t"],
    );
    assert.deepEqual(
      secrets({ "huaweicloud:userName": "u", "huaweicloud:password": "p", "huaweicloud:domainName": "d" }),
      ["p"],
    );
    assert.deepEqual(secrets({ "huaweicloud:token": "t", "bkci:accessToken": "b" }), ["t", "b"]);
    assert.deepEqual(secrets({}), []);
  });
});

describe("a BK-CI expiration time", () => {
  it("belongs to the token of its own source", () => {
    const { bkci } = load({ "bkci:accessToken": "t" }, { BKCI_TOKEN_EXPIRATION_TIME: "1630565380912" });
    assert.deepEqual(bkci, { accessToken: "t" });
  });
});

describe("the BK-CI token", () => {
  it("and the command that replaces it come from one source: another server's token must not be sent here", () => {
    const command = { BKCI_TOKEN_COMMAND: "for-another-server" };
    assert.deepEqual(load({ "bkci:accessToken": "given" }, command).bkci, { accessToken: "given" });
    assert.deepEqual(load({ "bkci:tokenCommand": "here" }, { ...command, BKCI_ACCESS_TOKEN: "theirs" }).bkci, {
      tokenCommand: "here",
    });
    assert.deepEqual(load({}, { ...command, BKCI_ACCESS_TOKEN: "theirs" }).bkci, {
      accessToken: "theirs",
      tokenCommand: "for-another-server",
    });
  });
});

describe("malformed settings", () => {
  const malformed: readonly (readonly [string, string, RegExp])[] = [
    ["huaweicloud:region", "evil.example.com/CANARY", /huaweicloud:region \(HW_REGION_NAME\) must be a region/],
    ["huaweicloud:cloud", "CANARY/..", /huaweicloud:cloud \(HW_CLOUD\) must be a domain/],
    ["huaweicloud:token", "CANARY\nCANARY", /huaweicloud:token \(HW_AUTH_TOKEN\) must be one word/],
    ["bkci:userId", "CANARY宠", /bkci:userId \(BKCI_USER_ID\) must be one word/],
    ["huaweicloud:insecure", "CANARY", /huaweicloud:insecure \(HW_INSECURE\) must be true or false, or 1 or 0/],
    ["huaweicloud:insecure", "yes", /must be true or false, or 1 or 0/],
    [
      "huaweicloud:maxRetries",
      "CANARY",
      /huaweicloud:maxRetries \(HW_MAX_RETRIES\) must be a whole number from 0 to 20/,
    ],
    ["huaweicloud:maxRetries", "-1", /from 0 to 20/],
    ["huaweicloud:maxRetries", "21", /from 0 to 20/],
    ["huaweicloud:maxRetries", "2.5", /from 0 to 20/],
    ["huaweicloud:maxConcurrency", "0", /HW_MAX_CONCURRENCY.*from 1 to 100/],
    ["huaweicloud:maxConcurrency", "101", /HW_MAX_CONCURRENCY.*from 1 to 100/],
    ["huaweicloud:endpoints", "CANARY", /huaweicloud:endpoints \(HW_ENDPOINTS\) must be a JSON object/],
    ["huaweicloud:endpoints", '["https://CANARY"]', /HW_ENDPOINTS/],
    ["huaweicloud:endpoints", '{"csms": "https://CANARY"}', /HW_ENDPOINTS.*csms: its address goes by the name kms/],
    ["huaweicloud:endpoints", '{"apig": "https://user:CANARY@host"}', /apig in huaweicloud:endpoints/],
    ["huaweicloud:authUrl", "ftp://CANARY", /huaweicloud:authUrl \(HW_AUTH_URL\)/],
    ["bkci:endpoint", "https://ci.example.com/?access_token=CANARY", /bkci:endpoint \(BKCI_ENDPOINT\)/],
  ];
  for (const [key, text, message] of malformed) {
    it(`are refused by name, without showing the value: ${key} ${JSON.stringify(text)}`, () => {
      assert.match(refusal({ [key]: text }), message);
      assert.doesNotMatch(refusal({ [key]: text }), /CANARY/);
    });
  }

  it("like an expiration time in seconds are refused: the token endpoint gives milliseconds", () => {
    assert.match(refusal({ "bkci:accessToken": "t", "bkci:expirationTime": "1630565380" }), /milliseconds/);
  });
});

describe("the table of settings", () => {
  it("has each key and each variable once", () => {
    assert.equal(new Set(settingKeys.map(({ key }) => key)).size, settingKeys.length);
    assert.equal(new Set(settingKeys.map(({ environment }) => environment)).size, settingKeys.length);
  });

  it("marks what must be kept secret", () => {
    const secret: string[] = settingKeys.filter((row) => row.secret).map(({ key }) => key);
    assert.deepEqual(secret, [
      "huaweicloud:accessKey",
      "huaweicloud:secretKey",
      "huaweicloud:securityToken",
      "huaweicloud:token",
      "huaweicloud:password",
      "bkci:accessToken",
    ]);
  });
});
