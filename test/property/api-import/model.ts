/** Runs scenarios against the handlers and a simulator, and checks the results against the promises. */
import assert from "node:assert/strict";
import { keyOf, truth } from "../../support/definitions";
import type { TestSimulator } from "../../simulator/open";
import { edited } from "./edit";
import { Others } from "./others";
import * as promise from "./promise";
import type { Fault, Scenario, Step } from "./steps";
import { givenGroup, Subject } from "./subject";

export class Model {
  readonly #subject: Subject;
  readonly #others: Others;

  private constructor(
    private readonly simulator: TestSimulator,
    scenario: Scenario,
  ) {
    this.#subject = new Subject(simulator, scenario);
    this.#others = new Others(this.#subject);
  }

  static async run(simulator: TestSimulator, scenario: Scenario): Promise<void> {
    await simulator.control.reset();
    await simulator.control.options({ importClash: scenario.importClash });
    const model = new Model(simulator, scenario);
    if (scenario.given) {
      await simulator.control.seed({ groups: [{ id: givenGroup, name: "theirs" }] });
      for (const operation of scenario.given) await model.#others.add(operation);
    }
    for (const step of [scenario.first, ...scenario.steps]) await model.#take(step);
    await model.#finish();
  }

  async #take(step: Step): Promise<void> {
    switch (step.kind) {
      case "up":
        return this.#up([]);
      case "up with faults":
        return this.#up(step.faults);
      case "up that is killed":
        await this.#subject.upKilled();
        return this.#others.findOrphans();
      case "refresh":
        if (this.#subject.life.exists) await this.#subject.life.refresh();
        this.#others.unseen = this.#others.renamed = false;
        return;
      case "set":
        this.#subject.args = step.args;
        return;
      case "retitle":
        this.#subject.info = { title: step.title, description: step.description };
        return;
      case "edit":
        this.#subject.document = step.edits.reduce(edited, this.#subject.document);
        return;
      case "outside":
        return this.#others.meddle(step.act);
    }
  }

  async #up(faults: readonly Fault[]): Promise<void> {
    const [subject, others] = [this.#subject, this.#others];
    const { published, groups, rows } = await truth(this.simulator);
    const had = subject.apis;
    await this.simulator.control.faults({ faults: [...faults] });
    let fate: string | undefined;
    let failure: Error | undefined;
    try {
      fate = await subject.up();
    } catch (error) {
      failure = error as Error;
    }
    await this.simulator.control.faults({});

    if (subject.life.exists) others.takeOver();
    await others.areUntouched(published);
    if (failure === undefined) {
      if (fate !== "same" || !others.unseen) await promise.groupIsAsDescribed(subject, others, [], rows());
      if (fate !== "same") others.unseen = false;
      promise.keepsWhatStaysInPlace(subject, had, rows());
      if (!others.unseen && !others.renamed) await promise.comesToRest(subject);
      return;
    }
    if (faults.length > 0) {
      const isOneCall = faults.length === 1 && !faults.some(({ times }) => times > 1);
      if (isOneCall) await promise.nothingIsLost(subject, others, groups, failure);
      return others.findOrphans();
    }
    if (!subject.life.exists) {
      // Only a group with that name that a killed create left can clash; and the message says what to do.
      assert.match(failure.message, /APIG\.3201[^]*`adopt: true`/);
      return;
    }
    if (failure.message.includes("APIG.3201")) return; // the title is the name of a group that a killed create left
    const refused = [...failure.message.matchAll(/^ {2}(\S+ \S+): /gm)].map(([, key = ""]) => key);
    assert.notEqual(refused.length, 0, failure.message);
    await promise.groupIsAsDescribed(subject, others, refused, rows());
    promise.keepsWhatIsRefused(subject, had, refused, rows());
  }

  async #finish(): Promise<void> {
    const { life, group, outputs } = this.#subject;
    if (!life.exists) return;
    const foreign = this.#others.inGroup(group);
    if (outputs.ownsGroup && foreign.length > 0) {
      await assert.rejects(life.destroy(), ({ message }: Error) =>
        foreign.every((row) => message.includes(keyOf(row))),
      );
      return this.#others.areUntouched((await truth(this.simulator)).published);
    }
    const { ownsGroup } = outputs;
    await life.destroy();
    const now = await truth(this.simulator);
    assert.deepEqual(now.rows(group), foreign);
    assert.equal(
      now.groups.some(({ id }) => id === group),
      !ownsGroup,
    );
  }
}
