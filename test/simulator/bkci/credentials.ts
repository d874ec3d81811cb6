import { own } from "../core/own";
import type { World } from "../core/types";
import { refusal } from "./errors";
import { fits, MASK, type TypeName, type Values } from "./formats";
import { demand, may } from "./permissions";
import { bkciState, type Credential } from "./state";

/** The project, and the user who calls. */
export interface Place {
  readonly world: World;
  readonly projectId: string;
  readonly user: string;
}

/** What create and update write. `v1` must not be blank. */
export interface Written extends Values {
  credentialType: TypeName;
  credentialName?: string | null | undefined;
  credentialRemark?: string | null | undefined;
}

const stored = ({ world, projectId }: Place): Record<string, Credential> =>
  own(bkciState(world).credentials, projectId) ?? {};

const find = (place: Place, id: string): Credential | undefined => own(stored(place), id);

const isBlank = (text: string | null | undefined): text is null | undefined | "" =>
  text === null || text === undefined || text.trim() === "";

/** Null, blank and the mask count as "no value". */
const real = (value: string | null | undefined): string | undefined =>
  isBlank(value) || value === MASK ? undefined : value;

function realValues({ v1, v2, v3, v4 }: Values): Partial<Credential["values"]> {
  const values = { v1: real(v1), v2: real(v2), v3: real(v3), v4: real(v4) };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** A blank name becomes the id. */
function nameOf(id: string, name: string | null | undefined): string {
  if (isBlank(name)) return id;
  if (name.length > 64) throw refusal(2118006);
  if (!/^[a-zA-Z0-9_.\-\u4e00-\u9fa5]+$/.test(name)) throw refusal(2118002);
  return name;
}

export function createCredential(place: Place, id: string, written: Written): void {
  const { world, projectId, user } = place;
  demand(world, projectId, user, "create");
  if (find(place, id) !== undefined) throw refusal(2118008, id);
  if (id.length > 40) throw refusal(2118007);
  if (!/^\w+$/.test(id)) throw refusal(2118003);
  const credentialName = nameOf(id, written.credentialName);
  if (!fits(written.credentialType, written)) throw refusal(2118005);
  const { v1, ...rest } = realValues(written);
  // The service fails here without a code of its own: the mask has no value to encrypt.
  if (v1 === undefined) throw refusal(400, "v1");
  const now = world.now();
  (bkciState(world).credentials[projectId] ??= {})[id] = {
    credentialId: id,
    credentialName,
    credentialType: written.credentialType,
    credentialRemark: written.credentialRemark ?? null,
    values: { v1, ...rest },
    createUser: user,
    updateUser: user,
    createTime: now,
    updatedTime: now,
  };
}

/** Writes name and remark, and the values that are given. The type is used only for the format check. */
export function updateCredential(place: Place, id: string, written: Written): void {
  const { world, projectId, user } = place;
  const credential = find(place, id);
  demand(world, projectId, user, "edit", credential);
  if (credential === undefined) throw refusal(2118004, id);
  const credentialName = nameOf(id, written.credentialName);
  if (!fits(written.credentialType, written)) throw refusal(2118005);
  Object.assign(credential, {
    credentialName,
    credentialRemark: written.credentialRemark ?? null,
    values: { ...credential.values, ...realValues(written) },
    updateUser: user,
    updatedTime: world.now(),
  });
}

export function getCredential(place: Place, id: string): Credential {
  const credential = find(place, id);
  demand(place.world, place.projectId, place.user, "view", credential);
  if (credential === undefined) throw refusal(404);
  return credential;
}

/** Deletes without asking whether it exists. */
export function deleteCredential(place: Place, id: string): void {
  demand(place.world, place.projectId, place.user, "delete", find(place, id));
  Reflect.deleteProperty(stored(place), id);
}

export interface Listing {
  readonly page: number;
  readonly pageSize: number;
  readonly types: readonly TypeName[] | undefined;
  readonly keyword: string;
}

/** The credentials that the user may see. `count` ignores the keyword: a defect of the service. */
export function listCredentials(place: Place, listing: Listing): { count: number; records: Credential[] } {
  const { world, projectId, user } = place;
  const ofTypes = Object.values(stored(place))
    .filter((credential) => may(world, projectId, user, "view", credential))
    .filter(({ credentialType }) => listing.types?.includes(credentialType) ?? true);
  const start = (listing.page - 1) * listing.pageSize;
  const records = ofTypes
    .filter(({ credentialId, credentialRemark }) =>
      [credentialId, credentialRemark ?? ""].some((text) => text.includes(listing.keyword)),
    )
    .slice(start, start + listing.pageSize);
  return { count: ofTypes.length, records };
}
