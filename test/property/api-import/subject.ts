/** The resource of the scenarios: its program, its operations and its state. */
import type { Handler } from "../../../provider/hosts/dynamic/handler";
import { definition, keyOf, truth, type Row, type Spec } from "../../support/definitions";
import { handlersFor } from "../../support/handlers";
import { Life, type Bag, type Fate } from "../../support/life";
import type { TestSimulator } from "../../simulator/open";
import { fits } from "./edit";
import type { Scenario } from "./steps";

export const givenGroup = "a".repeat(32);

export interface Outputs {
  readonly groupId: string;
  readonly ownsGroup: boolean;
  readonly apis: readonly { id: string; method: string; path: string; action: string }[];
  readonly ignored: readonly string[];
  readonly unclear?: { readonly places: Readonly<Record<string, string>> };
}

export class Subject {
  readonly life: Life;
  readonly groupId: string | undefined;
  document: readonly Spec[];
  info = { title: "shop", description: "" };
  args: Scenario["args"];
  #killed = false;

  constructor(
    readonly simulator: TestSimulator,
    scenario: Scenario,
  ) {
    this.life = new Life(() => this.#mortal(handlersFor(simulator).ApiImport));
    this.groupId = scenario.given && givenGroup;
    this.args = scenario.args;
    this.document = scenario.document.reduce<Spec[]>((all, one) => (fits(all, one) ? [...all, one] : all), []);
  }

  get group(): string {
    return this.groupId ?? this.outputs.groupId;
  }

  get outputs(): Outputs {
    return this.life.outputs as unknown as Outputs;
  }

  /** The APIs that it made or took over, by its state. */
  get apis(): Outputs["apis"] {
    return this.life.exists ? this.outputs.apis : [];
  }

  get ownIds(): ReadonlySet<string> {
    return new Set(this.apis.map(({ id }) => id));
  }

  up(): Promise<Fate> {
    return this.life.up(this.#program());
  }

  async upKilled(): Promise<void> {
    this.#killed = true;
    await this.up().catch(() => undefined);
    this.#killed = false;
  }

  /** The APIs of all groups: a killed create may have left some in a group that is not in state. */
  async rows(): Promise<Row[]> {
    return (await truth(this.simulator)).rows();
  }

  /** Whether the API looks like one that an import with a lost answer may have made in its own group. */
  isUnclear(row: Row): boolean {
    const places = this.life.exists && this.outputs.ownsGroup ? this.outputs.unclear?.places : undefined;
    const name = places?.[`${keyOf(row)} ${row.prefix ? "SWA" : "NORMAL"}`];
    return name === "" || name === row.name;
  }

  #program(): Bag {
    const { title, description } = this.info;
    const info = { title, ...(description !== "" && { description }) };
    const groupId = this.groupId === undefined ? {} : { groupId: this.groupId };
    return { definition: definition(this.document, info), ...groupId, ...this.args };
  }

  /** Handlers whose process may be killed after the work is done, but before the engine gets the answer. */
  #mortal(handler: Handler): Handler {
    const mortal = async <Result>(result: Promise<Result>): Promise<Result> => {
      if (!this.#killed) return result;
      await result.catch(() => undefined);
      throw new Error("killed");
    };
    return {
      ...handler,
      create: (news) => mortal(handler.create(news)),
      update: (id, olds, news) => mortal(handler.update(id, olds, news)),
    };
  }
}
