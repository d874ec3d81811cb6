/** The explicit provider: a second account, region or BK-CI server, besides the stack's own settings. */
import * as pulumi from "@pulumi/pulumi";
import { noSetting, settingKeys, type SettingKey, type SettingKeyRow } from "./keys";

/** Names of the settings of one section: `huaweicloud:region` is `region`. */
type NamesIn<Section extends string> = SettingKey extends infer Key
  ? Key extends `${Section}:${infer Name}`
    ? Name
    : never
  : never;

type Input<T> = pulumi.Input<T> | undefined;

/** The types of a setting. All values are sent as text, objects such as `endpoints` as JSON. */
type Value = string | number | boolean | Record<string, string>;

/** Inputs of a {@link Provider}: the settings of the table in docs/settings.md by section, without their prefix. */
export interface ProviderArgs {
  readonly huaweicloud?: Partial<Record<NamesIn<"huaweicloud">, Input<Value>>>;
  readonly bkci?: Partial<Record<NamesIn<"bkci">, Input<Value>>>;
}

/**
 * Settings for the resources that are given `{ provider }`.
 *
 * Settings that are left out come from the stack's config (but not credentials), and then from the environment.
 * Credentials given here are encrypted in state. A destroy uses them again, because it does not run the program: give
 * short-lived tokens in the environment, or destroy with `--run-program`.
 *
 * @throws RunError for a setting that does not exist: the program ends with its message, without a stack trace
 */
export class Provider extends pulumi.ProviderResource {
  /** The settings as the provider process gets them, by key such as `huaweicloud:region`. For look-ups. */
  readonly settings: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: ProviderArgs, opts?: pulumi.ResourceOptions) {
    const settings = { ...configured(), ...given(args) };
    super("pulumi-nodejs", name, settings, opts);
    this.settings = pulumi.all(settings);
  }
}

/** The settings of the stack's config, without credentials. */
function configured(): Record<string, string> {
  return Object.fromEntries(
    settingKeys
      .filter((row: SettingKeyRow) => row.credential !== true)
      .flatMap(({ key }) => {
        const [section = "", name = ""] = key.split(":");
        const value = new pulumi.Config(section).get(name);
        return value === undefined ? [] : [[key, value]];
      }),
  );
}

/** The inputs by key, as text. Secrets are marked. */
function given(args: ProviderArgs): Record<string, pulumi.Output<string>> {
  return Object.fromEntries(
    Object.entries(args).flatMap(([section, values]) =>
      Object.entries((values ?? {}) as Record<string, Input<Value>>).flatMap(([name, value]) => {
        const row = settingKeys.find(({ key }) => key === `${section}:${name}`);
        if (row === undefined) {
          throw new pulumi.RunError(noSetting(`${section}.${name}`));
        }
        if (value === undefined) return [];
        const text = pulumi
          .output(value)
          .apply((known) => (typeof known === "object" ? JSON.stringify(known) : String(known)));
        return [[row.key, row.secret ? pulumi.secret(text) : text]];
      }),
    ),
  );
}
