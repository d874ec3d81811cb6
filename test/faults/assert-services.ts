/** Checks that the services hold what a plan declares, nothing else of ours, and everything of others unchanged. */
import assert from "node:assert/strict";
import { strangersApi } from "./changes";
import type { Recorded } from "./stack-runner";
import { credentialTypes, givenCode, publishedSlot, text, theirGroup, type Plan } from "./plan";
import type { Rows } from "./rows";

/** The initial objects belong to others, so they must be unchanged. */
export function assertUntouched(now: Rows, initial: Rows): void {
  for (const name of tables) {
    const ids = new Set((initial[name] as readonly { id: string }[]).map(({ id }) => id));
    const theirs = (now[name] as readonly { id: string }[]).filter(({ id }) => ids.has(id));
    assert.deepEqual(theirs, initial[name], `${name} of others`);
  }
}

/** Only the initial objects are left. */
export function assertNothingLeft(now: Rows, initial: Rows): void {
  for (const name of tables) assert.deepEqual(now[name], initial[name], `${name} left behind`);
}

const tables = [
  "groups",
  "apis",
  "environments",
  "published",
  "apps",
  "codes",
  "authorizations",
  "credentials",
] as const satisfies readonly (keyof Rows)[];

/**
 * @param lost ids of AppCodes whose create got no answer, as its error said
 */
export function assertDeclared(
  plan: Plan,
  options: { deleteRemoved: boolean },
  entries: readonly Recorded[],
  now: Rows,
  initial: Rows,
  lost: ReadonlySet<string>,
): void {
  const ours = <Row extends { id: string }>(all: readonly Row[], theirs: readonly Row[]) =>
    all.filter(({ id }) => !theirs.some((row) => row.id === id));
  const last = (name: string) =>
    entries
      .find((entry) => entry.name === name)
      ?.id.split("/")
      .at(-1);
  assert.ok(!entries.some(({ pendingDelete, unfinished }) => pendingDelete || unfinished), "state is at rest");

  const apps = plan.apps.flatMap((app, slot) => (app ? [{ ...app, slot }] : []));
  assert.deepEqual(
    ours(now.apps, initial.apps)
      .map(({ id, name }) => ({ id, name }))
      .sort(byId),
    apps.map(({ slot, name }) => ({ id: last(`app${slot}`), name: `app${slot}_${name}` })).sort(byId),
    "apps",
  );
  for (const { slot, remark } of apps) {
    const row = now.apps.find(({ id }) => id === last(`app${slot}`));
    if (remark !== undefined) assert.equal(row?.remark, text("remark", remark), "remark of an app");
    const known = entries.find(({ name }) => name === `app${slot}`)?.outputs;
    assert.deepEqual([known?.["appKey"], known?.["appSecret"]], [row?.key, row?.secret], "keys of an app");
  }

  const valueOf = (slot: number) => entries.find(({ name }) => name === `code${slot}`)?.outputs["appCode"];
  const codes = plan.codes.flatMap((code, slot) => (code && plan.apps[code.app] ? [{ ...code, slot }] : []));
  // A create that was delivered twice left two codes with one value: both are deleted together.
  const isDouble = ({ id, appId, value }: Rows["codes"][number]) =>
    !codes.some(({ slot }) => last(`code${slot}`) === id) &&
    codes.some(({ slot, app }) => last(`app${app}`) === appId && value === valueOf(slot));
  assert.deepEqual(
    ours(now.codes, initial.codes)
      .filter((code) => !lost.has(code.id) && !isDouble(code))
      .map(({ id, appId }) => ({ id, appId }))
      .sort(byId),
    codes.map(({ slot, app }) => ({ id: last(`code${slot}`), appId: last(`app${app}`) })).sort(byId),
    "codes",
  );
  for (const { slot, value } of codes) {
    const row = now.codes.find(({ id }) => id === last(`code${slot}`));
    assert.equal(valueOf(slot), row?.value, "value of a code");
    if (value !== undefined) assert.equal(row?.value, givenCode(2 * slot + value), "given value of a code");
  }

  assertImports(plan, options, ours(now.groups, initial.groups), ours(now.apis, initial.apis), last);

  const { environment } = plan;
  assert.deepEqual(
    ours(now.environments, initial.environments).map(({ id, name }) => ({ id, name })),
    environment
      ? [{ id: last(`environment${environment.slot}`), name: `env${environment.slot}_${environment.name}` }]
      : [],
    "environments",
  );
  if (environment?.remark !== undefined) {
    const row = ours(now.environments, initial.environments)[0];
    assert.equal(row?.remark, text("remark", environment.remark), "remark of the environment");
  }
  assertPublished(plan, entries, now, initial, last);

  const credentials = plan.credentials.flatMap((each, slot) => (each ? [{ ...each, slot }] : []));
  assert.deepEqual(
    ours(now.credentials, initial.credentials)
      .map((row) => [
        row.id,
        row.credentialType,
        row.credentialRemark,
        row.credentialType === "USERNAME_PASSWORD" ? row.values.v2 : row.values.v1,
      ])
      .sort(),
    credentials
      .map(({ slot, id, type, remark, value }) => {
        const code = codes.some((each) => each.slot === slot) ? valueOf(slot) : `CaNaRy value ${value}`;
        return [`credential${slot}_${id}`, credentialTypes[type], text("remark", remark) ?? null, code];
      })
      .sort(),
    "credentials",
  );

  if (plan.query !== undefined) {
    const found = now.secrets.filter(({ tags }) =>
      tags.some(({ key, value }) => key === "env" && value === `env${String(plan.query)}`),
    );
    assert.equal(entries.find(({ name }) => name === "query")?.inputs["totalCount"], found.length, "secrets by tag");
  }
}

const byId = (one: { id: string | undefined }, other: { id: string | undefined }) =>
  (one.id ?? "") < (other.id ?? "") ? -1 : 1;

function assertImports(
  plan: Plan,
  { deleteRemoved }: { deleteRemoved: boolean },
  groups: Rows["groups"],
  apis: Rows["apis"],
  last: (name: string) => string | undefined,
): void {
  const imports = plan.imports.flatMap((planned, slot) => (planned ? [{ ...planned, slot }] : []));
  assert.deepEqual(
    groups.map(({ id, name }) => ({ id, name })).sort(byId),
    imports
      .filter(({ intoTheirs }) => !intoTheirs)
      .map(({ slot, title }) => ({ id: last(`import${slot}`), name: `shop${slot}_${title}` }))
      .sort(byId),
    "groups",
  );
  const expected = imports.flatMap(({ slot, intoTheirs, operations }) =>
    operations.map(({ key, version, operationId, matchMode }) => ({
      group: intoTheirs ? theirGroup : last(`import${slot}`),
      key: key.replace(" ", ` /s${slot}`),
      name: `s${slot}_operation_${operationId}`,
      answer: `version ${version}`,
      matchMode,
      altered: false,
    })),
  );
  const there = apis
    .filter(({ definition }) => definition.name !== strangersApi)
    .map(({ definition }) => ({
      group: definition.group_id,
      key: `${definition.req_method} ${definition.req_uri}`,
      name: definition.name,
      answer: definition.mock_info?.result_content,
      matchMode: definition.match_mode,
      altered: definition.cors,
    }));
  const wanted = new Set(expected.map(({ group, key }) => `${String(group)} ${key}`));
  const rest = there.filter(({ group, key }) => !wanted.has(`${group} ${key}`));
  if (deleteRemoved) assert.deepEqual(rest, [], "APIs that nobody declares");
  const sorted = (list: readonly object[]) => list.map((each) => JSON.stringify(each)).sort();
  assert.deepEqual(sorted(there.filter((each) => !rest.includes(each))), sorted(expected), "APIs");
}

function assertPublished(
  plan: Plan,
  entries: readonly Recorded[],
  now: Rows,
  initial: Rows,
  last: (name: string) => string | undefined,
): void {
  const theirs = new Set(initial.published.map(({ id }) => id));
  const published = now.published.filter(({ id }) => !theirs.has(id));
  const slot = publishedSlot(plan);
  const target = slot === undefined ? undefined : plan.imports[slot];
  const envId = plan.environment && last(`environment${plan.environment.slot}`);
  const ofGroup = plan.publish === "group" && target?.intoTheirs === false;
  const imported = entries.find(({ name }) => name === `import${String(slot)}`);
  const ownIds = ((imported?.outputs["apis"] ?? []) as { id: string }[]).map(({ id }) => id);
  const wanted = ofGroup
    ? now.apis.filter(({ definition }) => definition.group_id === last(`import${String(slot)}`)).map(({ id }) => id)
    : ownIds;
  assert.deepEqual(
    published.map(({ apiId, environmentId }) => `${environmentId} ${apiId}`).sort(),
    target ? wanted.map((apiId) => `${String(envId)} ${apiId}`).sort() : [],
    "publications",
  );
  for (const { apiId, definition } of published) {
    const current = now.apis.find(({ id }) => id === apiId)?.definition;
    // An API that is not declared any more, but was not deleted, is not repaired when others change it.
    if (!current?.cors) assert.deepEqual(definition, current, "the published definition");
  }

  const authorizations = now.authorizations.filter(({ id }) => !initial.authorizations.some((row) => row.id === id));
  const granted = authorizations.map(({ appId, apiId, environmentId }) => `${environmentId} ${appId} ${apiId}`).sort();
  const declared = entries.find(({ name }) => name === "authorization");
  const pairs = declared
    ? (declared.inputs["appIds"] as string[]).flatMap((appId) =>
        (declared.inputs["apiIds"] as string[]).map((apiId) => `${String(envId)} ${appId} ${apiId}`),
      )
    : [];
  assert.deepEqual(granted, pairs.sort(), "authorizations");
}
