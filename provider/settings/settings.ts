import { z } from "zod";
import type { Credentials } from "../auth/huawei";
import { normalizeEndpoint, type HuaweiService } from "../http/endpoints";
import { SettingsError } from "../http/errors";
import { howToSet, settingKey, spell, type SettingKey } from "./keys";

export { SettingsError } from "../http/errors";
export { settingKeys, spell, type SettingKey } from "./keys";

/** Reads one key such as `huaweicloud:region`, as text: from stack config or from an explicit provider's inputs. */
export type Lookup = (key: string) => string | undefined;

/** All settings, parsed. Settings that a user may leave out are optional; `demand` makes an error if one is needed. */
export interface Settings {
  readonly huaweicloud: {
    readonly region?: string;
    readonly projectId?: string;
    readonly projectName?: string;
    readonly credentials?: Credentials;
    /** Default APIG instance. */
    readonly instanceId?: string;
    /** Domain of the service hosts, if it is not the usual one of the region. */
    readonly cloud?: string;
    /** Host roots with trailing slash, which replace the usual ones. */
    readonly endpoints: Readonly<Partial<Record<HuaweiService, string>>>;
    /** IAM host root with trailing slash, without `v3`. */
    readonly authUrl?: string;
  };
  readonly bkci: {
    /** Root with trailing slash. */
    readonly endpoint?: string;
    readonly accessToken?: string;
    /** Epoch milliseconds, of `accessToken`. */
    readonly expirationTime?: number;
    readonly userId?: string;
    readonly projectId?: string;
    readonly tokenCommand?: string;
  };
  readonly http: {
    readonly insecure: boolean;
    readonly caCertFile?: string;
    readonly maxRetries: number;
    readonly maxConcurrency: number;
  };
}

/** A source of settings: text by key. An empty text counts as not set. */
type Source = (key: SettingKey) => string | undefined;

/**
 * Reads the settings: each key from `config`, else from its environment variable. Credentials are taken as a whole group,
 * from the first of the two sources that has any.
 *
 * @throws SettingsError for values that are malformed or contradict each other. A missing value is no error here: `demand`
 * reports it when it is needed.
 */
export function loadSettings(config: Lookup, environment: NodeJS.ProcessEnv): Settings {
  const sources: readonly [Source, Source] = [
    (key) => text(config(key)),
    (key) => text(environment[settingKey(key).environment]),
  ];
  const first: Source = (key) => sources[0](key) ?? sources[1](key);
  const insecure = parse(first, "huaweicloud:insecure", booleanText) ?? false;
  const address = (key: SettingKey) => {
    const value = first(key);
    return value === undefined ? undefined : normalizeEndpoint(value, spell(key), insecure);
  };

  return {
    huaweicloud: present({
      region: parse(first, "huaweicloud:region", hostLabel),
      projectId: first("huaweicloud:projectId"),
      projectName: first("huaweicloud:projectName"),
      credentials: readCredentials(sources),
      instanceId: first("huaweicloud:instanceId"),
      cloud: parse(first, "huaweicloud:cloud", domain),
      endpoints: readEndpoints(first, insecure),
      authUrl: address("huaweicloud:authUrl")?.replace(/\/v3\/$/, "/"),
    }),
    bkci: present({
      endpoint: address("bkci:endpoint"),
      ...readBkciToken(sources),
      userId: parse(first, "bkci:userId", headerText),
      projectId: first("bkci:projectId"),
    }),
    http: present({
      insecure,
      caCertFile: first("huaweicloud:caCertFile"),
      maxRetries: parse(first, "huaweicloud:maxRetries", integerText(0, 20)) ?? 5,
      maxConcurrency: parse(first, "huaweicloud:maxConcurrency", integerText(1, 100)) ?? 8,
    }),
  };
}

/** The value. @throws SettingsError if it is missing, with the key, the environment variable and what it is for */
export function demand<T>(value: T | undefined, key: SettingKey, purpose: string): T {
  if (value !== undefined) return value;
  const [name = key] = spell(key).split(" ");
  throw new SettingsError(
    `${name} is not set, but needed ${purpose}. Run \`${howToSet(key)}\` or set the environment variable ` +
      settingKey(key).environment,
  );
}

/** The credentials. @throws SettingsError if there are none, with the three ways to give them */
export function demandCredentials(settings: Settings): Credentials {
  const { credentials } = settings.huaweicloud;
  if (credentials !== undefined) return credentials;
  throw new SettingsError(
    "no Huawei Cloud credentials are set. Give one group, all of it in stack config or all of it in the environment: " +
      `${spell("huaweicloud:accessKey")} with ${spell("huaweicloud:secretKey")}; or ${spell("huaweicloud:token")}; ` +
      `or ${spell("huaweicloud:userName")} with ${spell("huaweicloud:password")} and ${spell("huaweicloud:domainName")}`,
  );
}

/** Every secret value of the settings. All texts that leave the package mask them. */
export function secretsOf({ huaweicloud: { credentials }, bkci }: Settings): readonly string[] {
  const huawei =
    credentials === undefined
      ? []
      : credentials.kind === "token"
        ? [credentials.token]
        : credentials.kind === "keys"
          ? [credentials.accessKey, credentials.secretKey, credentials.securityToken]
          : [credentials.password];
  return [...huawei, bkci.accessToken].filter((value) => value !== undefined);
}

/** The keys that show which credential group is given. `domainName` alone is no credential. */
const credentialGroups = {
  keys: ["huaweicloud:accessKey", "huaweicloud:secretKey", "huaweicloud:securityToken"],
  token: ["huaweicloud:token"],
  password: ["huaweicloud:userName", "huaweicloud:password"],
} as const satisfies Record<Credentials["kind"], readonly SettingKey[]>;

function readCredentials(sources: readonly Source[]): Credentials | undefined {
  for (const source of sources) {
    const given = Object.values(credentialGroups)
      .map((keys) => keys.filter((key) => source(key) !== undefined))
      .filter((keys) => keys.length > 0);
    if (given.length > 1) {
      const keys = given.flat().map(spell).join(", ");
      throw new SettingsError(
        `more than one kind of Huawei Cloud credentials in the same place: ${keys}. Keep one kind and remove the others`,
      );
    }
    if (given.length === 1) return readGroup(source);
  }
  return undefined;
}

function readGroup(source: Source): Credentials {
  const whole = (key: SettingKey, partner: SettingKey) => {
    const value = source(key);
    if (value !== undefined) return value;
    throw new SettingsError(
      `${spell(partner)} is set but ${spell(key)} is not: they go together and come from the same place`,
    );
  };
  const token = parse(source, "huaweicloud:token", headerText);
  if (token !== undefined) return { kind: "token", token };
  if (credentialGroups.password.some((key) => source(key) !== undefined)) {
    return {
      kind: "password",
      userName: whole("huaweicloud:userName", "huaweicloud:password"),
      password: whole("huaweicloud:password", "huaweicloud:userName"),
      domainName: whole("huaweicloud:domainName", "huaweicloud:userName"),
    };
  }
  const partner =
    source("huaweicloud:accessKey") === undefined && source("huaweicloud:secretKey") === undefined
      ? "huaweicloud:securityToken"
      : undefined;
  return present({
    kind: "keys" as const,
    accessKey: whole("huaweicloud:accessKey", partner ?? "huaweicloud:secretKey"),
    secretKey: whole("huaweicloud:secretKey", partner ?? "huaweicloud:accessKey"),
    securityToken: parse(source, "huaweicloud:securityToken", headerText),
  });
}

/**
 * A token, its expiration time and its command are one group, too: an expiration time belongs to one token only, and a
 * token of another server must not be sent to this one.
 */
function readBkciToken(sources: readonly Source[]) {
  const has = (source: Source, key: SettingKey) => source(key) !== undefined;
  const source = sources.find((each) => has(each, "bkci:accessToken") || has(each, "bkci:tokenCommand"));
  const ends = source && has(source, "bkci:accessToken");
  return {
    accessToken: source?.("bkci:accessToken"),
    expirationTime: ends ? parse(source, "bkci:expirationTime", epochMilliseconds) : undefined,
    tokenCommand: source?.("bkci:tokenCommand"),
  };
}

function readEndpoints(source: Source, insecure: boolean): Settings["huaweicloud"]["endpoints"] {
  const { apig, kms, iam } = parse(source, "huaweicloud:endpoints", endpointsText) ?? {};
  const address = (service: HuaweiService, value: string | undefined) =>
    value === undefined
      ? undefined
      : normalizeEndpoint(value, `${service} in ${spell("huaweicloud:endpoints")}`, insecure);
  return present({ apig: address("apig", apig), kms: address("kms", kms), iam: address("iam", iam) });
}

/** Both become part of host names: other characters could send credentials to another host. */
const hostLabel = z.string().regex(/^[a-z0-9][a-z0-9-]*$/i, "must be a region like cn-north-4");
const domain = z.string().regex(/^[a-z0-9][a-z0-9.-]*$/i, "must be a domain like myhuaweicloud.com");

/** Sent in a header, where other characters would be dropped silently. */
const headerText = z
  .string()
  .regex(/^[\x21-\x7e]+$/, "must be one word of plain ASCII characters, without line breaks");

const booleanText = z
  .string()
  // In any case of letters: Python's `True` ends up in environments.
  .toLowerCase()
  .pipe(z.enum(["true", "false", "1", "0"], "must be true or false, or 1 or 0"))
  .transform((text) => text === "true" || text === "1");

const integerText = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`);

const epochMilliseconds = z
  .string()
  .regex(/^\d{12,15}$/, "must be a time in milliseconds since 1970, as the token endpoint gives it")
  .transform(Number);

const endpointsText = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue("must be a JSON object of addresses");
      return z.NEVER;
    }
  })
  // Other names are those of other services, in settings that are shared with other tools.
  .pipe(
    z.object({
      apig: z.string().optional(),
      kms: z.string().optional(),
      iam: z.string().optional(),
      csms: z.undefined("has csms: its address goes by the name kms").optional(),
    }),
  );

/** Parses one value. The message names the setting and never shows the value. */
function parse<T>(source: Source, key: SettingKey, schema: z.ZodType<T>): T | undefined {
  const value = source(key);
  if (value === undefined) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new SettingsError(`${spell(key)} ${result.error.issues.map((issue) => issue.message).join("; ")}`);
}

/** The trimmed text. An empty text counts as not set, like an empty variable in a shell. */
function text(value: string | undefined): string | undefined {
  const trimmed = value?.trim();
  return trimmed === "" ? undefined : trimmed;
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Leaves out undefined values, as `exactOptionalPropertyTypes` demands. */
function present<T extends object>(values: T): Present<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>;
}
