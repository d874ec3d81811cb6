export interface SettingKeyRow {
  /** The key in stack config, `section:name`. In an explicit provider it is `new Provider(…, { section: { name } })`. */
  readonly key: `${"huaweicloud" | "bkci"}:${string}`;
  readonly environment: string;
  /** Whether its value must never be shown. */
  readonly secret: boolean;
  /** Whether it is part of a credential group: all of a group comes from one source. */
  readonly credential?: true;
  readonly about: string;
}

/** All settings. Used by `loadSettings`, by the explicit provider class and for the table in docs/settings.md. */
export const settingKeys = [
  {
    key: "huaweicloud:region",
    environment: "HW_REGION_NAME",
    secret: false,
    about: "endpoint host and default project name",
  },
  {
    key: "huaweicloud:projectId",
    environment: "HW_PROJECT_ID",
    secret: false,
    about: "looked up in IAM when only the name or the region is known",
  },
  { key: "huaweicloud:projectName", environment: "HW_PROJECT_NAME", secret: false, about: "default: the region" },
  {
    key: "huaweicloud:accessKey",
    environment: "HW_ACCESS_KEY",
    secret: true,
    credential: true,
    about: "AK/SK signing, with secretKey",
  },
  {
    key: "huaweicloud:secretKey",
    environment: "HW_SECRET_KEY",
    secret: true,
    credential: true,
    about: "AK/SK signing, with accessKey",
  },
  {
    key: "huaweicloud:securityToken",
    environment: "HW_SECURITY_TOKEN",
    secret: true,
    credential: true,
    about: "only with a temporary key pair",
  },
  {
    key: "huaweicloud:token",
    environment: "HW_AUTH_TOKEN",
    secret: true,
    credential: true,
    about: "ready X-Auth-Token",
  },
  {
    key: "huaweicloud:userName",
    environment: "HW_USER_NAME",
    secret: false,
    credential: true,
    about: "IAM user, with password and domainName",
  },
  {
    key: "huaweicloud:password",
    environment: "HW_USER_PASSWORD",
    secret: true,
    credential: true,
    about: "of the IAM user",
  },
  {
    key: "huaweicloud:domainName",
    environment: "HW_DOMAIN_NAME",
    secret: false,
    credential: true,
    about: "account of the IAM user",
  },
  {
    key: "huaweicloud:authUrl",
    environment: "HW_AUTH_URL",
    secret: false,
    about: "IAM address, default https://iam.{region}.{cloud}/v3",
  },
  { key: "huaweicloud:instanceId", environment: "HW_APIG_INSTANCE_ID", secret: false, about: "default APIG instance" },
  {
    key: "huaweicloud:cloud",
    environment: "HW_CLOUD",
    secret: false,
    about: "domain of the hosts, default myhuaweicloud.com",
  },
  {
    key: "huaweicloud:endpoints",
    environment: "HW_ENDPOINTS",
    secret: false,
    about: "JSON of addresses: apig, kms, iam",
  },
  {
    key: "huaweicloud:insecure",
    environment: "HW_INSECURE",
    secret: false,
    about: "accept any certificate and plain http",
  },
  {
    key: "huaweicloud:caCertFile",
    environment: "HW_CACERT_FILE",
    secret: false,
    about: "PEM file of a private authority",
  },
  {
    key: "huaweicloud:maxRetries",
    environment: "HW_MAX_RETRIES",
    secret: false,
    about: "per call, default 5; 0 switches retries off",
  },
  {
    key: "huaweicloud:maxConcurrency",
    environment: "HW_MAX_CONCURRENCY",
    secret: false,
    about: "requests in flight per host, default 8",
  },
  { key: "bkci:endpoint", environment: "BKCI_ENDPOINT", secret: false, about: "BK-CI address" },
  {
    key: "bkci:accessToken",
    environment: "BKCI_ACCESS_TOKEN",
    secret: true,
    credential: true,
    about: "optional: servers have it off by default",
  },
  {
    key: "bkci:userId",
    environment: "BKCI_USER_ID",
    secret: false,
    about: "sent as X-DEVOPS-UID: the identity when tokens are off",
  },
  {
    key: "bkci:projectId",
    environment: "BKCI_PROJECT_ID",
    secret: false,
    about: "default BK-CI project (its English name)",
  },
  {
    key: "bkci:tokenCommand",
    environment: "BKCI_TOKEN_COMMAND",
    secret: false,
    credential: true,
    about: "a program that prints a fresh token",
  },
  {
    key: "bkci:expirationTime",
    environment: "BKCI_TOKEN_EXPIRATION_TIME",
    secret: false,
    credential: true,
    about: "of accessToken, epoch milliseconds",
  },
] as const satisfies readonly SettingKeyRow[];

export type SettingKey = (typeof settingKeys)[number]["key"];

/** The environment variables that hold credentials. */
export const credentialVariables = settingKeys
  .filter((row: SettingKeyRow) => row.secret || row.credential === true)
  .map((row) => row.environment as string);

/** The name of a key in stack config, and the options that `pulumi config set` needs for it. */
interface Naming {
  readonly nameOf: (key: SettingKey) => string;
  readonly options: string;
}

let naming: Naming = { nameOf: (key) => key, options: "" };

/** Called by a host whose stacks have other names for these settings. */
export function nameSettings(other: Naming): void {
  naming = other;
}

/** A key with its environment variable, for messages: `huaweicloud:region (HW_REGION_NAME)`. */
export function spell(key: SettingKey): string {
  return `${naming.nameOf(key)} (${settingKey(key).environment})`;
}

/** A sentence of a lower layer, which has keys only, with each key as `spell` has it. */
export function spellKeys(sentence: string): string {
  return sentence.replace(/\b(?:huaweicloud|bkci):\w+/g, (key) => {
    const row = settingKeys.find((candidate) => candidate.key === key);
    return row === undefined ? key : spell(row.key);
  });
}

/** How to set it: `pulumi config set huaweicloud:region <value>`. */
export function howToSet(key: SettingKey): string {
  const options = [naming.options, settingKey(key).secret ? "--secret " : ""].join("");
  return `pulumi config set ${options}${naming.nameOf(key)} <value>`;
}

/** Explains why corrected credentials are not used in every run: the engine keeps those of the last one. */
export const whichCredentials =
  "Without `--run-program`, `pulumi refresh` and `pulumi destroy` take those of stack config and of explicit providers " +
  "from the last `pulumi up`; those in the environment are always today's";

/** The same as a short hint. */
export const wayOut =
  "Are the credentials corrected already? Then run `pulumi refresh` and `pulumi destroy` with `--run-program`.";

/** The row of a key. */
export function settingKey(key: SettingKey): SettingKeyRow {
  const found = settingKeys.find((candidate) => candidate.key === key);
  if (found === undefined) throw new TypeError(`no setting is called ${key}`);
  return found;
}

/** The refusal of a setting of an explicit provider, such as `huaweicloud.regoin`, that does not exist. */
export function noSetting(name: string): string {
  return `${name} is no setting of a provider; there are ${settingKeys.map(({ key }) => key.replace(":", ".")).join(", ")}`;
}
