import type { ConfigMap } from "@pulumi/pulumi/automation";
import { settingKey, type SettingKey } from "../../provider/settings/keys";
import type { Identity, Key, User } from "../simulator/core/identity";
import type { Place } from "../simulator/core/types";
import type { TestSimulator } from "../simulator/open";

/** Settings of the section `huaweicloud` by name, as an explicit provider takes them. */
export type HuaweiSettings = Readonly<Record<string, string>>;

/** All users, keys and places of the simulator, not only the first ones. */
export async function identityOf({ control }: TestSimulator): Promise<Identity> {
  return (await control.state())["identity"] as Identity;
}

/** The settings for a place, without credentials. The project is found by the region's name. */
export function at({ info }: TestSimulator, { region, instanceId }: Place): HuaweiSettings {
  return { region, instanceId, endpoints: JSON.stringify({ apig: info.apig, kms: info.kms, iam: info.iam }) };
}

/** An access key pair, with its security token if it is a temporary one. */
export function byKey({ accessKey, secretKey, securityToken }: Key): HuaweiSettings {
  return { accessKey, secretKey, ...(securityToken !== undefined && { securityToken }) };
}

/** An IAM user and password. */
export function byPassword({ name, password }: User, { domain }: Identity): HuaweiSettings {
  return { userName: name, password, domainName: domain.name };
}

/** As stack configuration, secrets marked. */
export function configOf(settings: HuaweiSettings): ConfigMap {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => {
      const { key, secret } = settingKey(`huaweicloud:${name}` as SettingKey);
      return [key, { value, secret }];
    }),
  );
}

/** As environment variables. */
export function environmentOf(settings: HuaweiSettings): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      settingKey(`huaweicloud:${name}` as SettingKey).environment,
      value,
    ]),
  );
}

/** Names of the objects in a place, from the simulator's state, without its DEFAULT group and RELEASE environment. */
export async function heldAt({ control }: TestSimulator, { projectId, instanceId }: Place) {
  const apig = (await control.state())["apig"] as Record<string, Record<string, Record<string, Held>>>;
  const tables = apig[`${projectId}/${instanceId}`] ?? {};
  const rows = (table: string) => Object.values(tables[table] ?? {});
  return {
    apps: rows("apps").map(({ name }) => name ?? ""),
    codes: rows("appCodes").length,
    groups: rows("groups")
      .filter(({ isDefault }) => isDefault !== true)
      .map(({ name }) => name ?? ""),
    apis: rows("apis").length,
    environments: rows("environments")
      .map(({ name }) => name ?? "")
      .filter((name) => name !== "RELEASE"),
    authorizations: rows("authorizations").length,
  };
}

interface Held {
  readonly name?: string;
  readonly isDefault?: boolean;
}
