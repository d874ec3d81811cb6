/** Changes that others make at the gateway, and a check that their objects are not changed. */
import assert from "node:assert/strict";
import { apiBody, keyOf, truth, type Row, type Spec } from "../../support/definitions";
import { Outside } from "../../simulator/outside";
import type { OutsideAct } from "./steps";
import type { Subject } from "./subject";

const release = "DEFAULT_ENVIRONMENT_RELEASE_ID";

export class Others {
  readonly #outside: Outside;
  /** APIs that this resource did not make, or does not know that it made. They must not change. */
  readonly #foreign = new Map<string, Row>();
  /** Whether others made a change that only a refresh, or an update for another reason, notices. */
  unseen = false;
  /** Whether the group was renamed after the last refresh. Only a refresh notices that. */
  renamed = false;

  constructor(private readonly subject: Subject) {
    this.#outside = new Outside(subject.simulator.info);
  }

  has(id: string): boolean {
    return this.#foreign.has(id);
  }

  /** Those in a group. */
  inGroup(group: string): Row[] {
    return [...this.#foreign.values()].filter(({ groupId }) => groupId === group);
  }

  async meddle(act: OutsideAct): Promise<void> {
    this.unseen = true;
    if (act.kind === "adds") return this.add(act.operation);
    if (act.kind === "renames the group") {
      this.renamed = true;
      const ours = this.subject.life.exists && this.subject.groupId === undefined;
      return ours ? this.#try("PUT", `/api-groups/${this.subject.group}`, { name: act.name }) : undefined;
    }
    const rows = await this.subject.rows();
    const row = rows[act.pick % Math.max(rows.length, 1)];
    if (row === undefined) return;
    const published = { env_id: release, api_id: row.id };
    switch (act.kind) {
      case "deletes":
        await this.#try("POST", "/apis/action", { action: "offline", ...published });
        await this.#try("DELETE", `/apis/${row.id}`);
        break;
      case "alters": {
        // Back ends are not in the list, so another field must change, too.
        const altered = { ...row, ...act.content, prefix: act.prefix, cors: !row.cors };
        const spec = { ...altered, path: act.path ?? row.path, name: act.name ?? row.name };
        await this.#try("PUT", `/apis/${row.id}`, apiBody(row.groupId, spec));
        break;
      }
      case "publishes":
        await this.#try("POST", "/apis/action", { action: "online", ...published });
        break;
      case "takes offline":
        await this.#try("POST", "/apis/action", { action: "offline", ...published });
    }
    if (!this.#foreign.has(row.id)) return;
    const now = (await this.subject.rows()).find(({ id }) => id === row.id);
    if (now) this.#foreign.set(row.id, now);
    else this.#foreign.delete(row.id);
  }

  async add(operation: Spec): Promise<void> {
    if (this.subject.groupId === undefined && !this.subject.life.exists) return;
    const before = new Set((await this.subject.rows()).map(({ id }) => id));
    await this.#try("POST", "/apis", apiBody(this.subject.group, operation));
    for (const row of await this.subject.rows()) {
      if (!before.has(row.id) && !this.subject.isUnclear(row)) this.#foreign.set(row.id, row);
    }
  }

  async areUntouched(published: readonly string[]): Promise<void> {
    const now = await truth(this.subject.simulator);
    const rows = new Map(now.rows().map((row) => [row.id, row]));
    this.#letGo(now.rows());
    for (const [id, row] of this.#foreign) {
      assert.deepEqual(rows.get(id), row, "what others made stays as it is");
      assert.equal(now.published.includes(id), published.includes(id));
    }
  }

  /** APIs that are overwritten or adopted, because the program says so, are not foreign any more. */
  takeOver(): void {
    const { args, outputs } = this.subject;
    for (const { id, method, path } of outputs.apis) {
      if (!this.#foreign.delete(id)) continue;
      assert.ok(args.adopt || args.apiMode === "override", `${method} ${path} was taken over unasked`);
    }
  }

  /** APIs of a killed run, whose results were not recorded, count as foreign from now on. */
  async findOrphans(): Promise<void> {
    const own = this.subject.ownIds;
    const rows = await this.subject.rows();
    this.#letGo(rows);
    for (const row of rows) {
      if (own.has(row.id)) this.#foreign.delete(row.id);
      else if (!this.subject.isUnclear(row)) this.#foreign.set(row.id, row);
    }
    this.unseen = true;
  }

  /** APIs that are taken over are made again if match mode or names need that. No other foreign API may be deleted. */
  #letGo(rows: readonly Row[]): void {
    const wanted = new Set(this.subject.document.map(keyOf));
    for (const [id, row] of this.#foreign) {
      if (rows.some((one) => one.id === id)) continue;
      assert.ok(this.subject.args.adopt && wanted.has(keyOf(row)), `${keyOf(row)} of someone else is gone`);
      this.#foreign.delete(id);
    }
  }

  /** Makes a call of others, which may also fail with a clash. */
  async #try(method: string, path: string, body?: unknown): Promise<void> {
    await this.#outside.apig(method, path, body).catch(() => undefined);
  }
}
