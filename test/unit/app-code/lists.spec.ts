/** In one process, one list of an app's codes is used for all reads of them. */
import assert from "node:assert/strict";
import { callsDuring } from "../../support/calls";
import { handlersFor } from "../../support/handlers";
import { Outside } from "../../simulator/outside";
import { openSimulator, type TestSimulator } from "../../simulator/open";

const text = { __provider: "text" };

describe("The AppCodes of an app", () => {
  let simulator: TestSimulator;
  let appId: string;
  before(async () => {
    simulator = await openSimulator();
  });
  after(() => simulator.close());
  beforeEach(async () => {
    await simulator.control.reset();
    ({ id: appId } = await new Outside(simulator.info).apig<{ id: string }>("POST", "/apps", { name: "web" }));
  });

  const made = (count: number, { AppCode } = handlersFor(simulator)) =>
    Promise.all(
      Array.from({ length: count }, async () => {
        const { inputs } = await AppCode.check({}, { appId, propagationSeconds: 0, ...text });
        const { id, outs } = await AppCode.create({ ...inputs, ...text });
        return { id, props: { ...outs, appCode: outs["appCode"] as string, ...text } };
      }),
    );

  it("are listed once when all are deleted, also the one whose delete begins while another's is on its way", async () => {
    const codes = await made(5);
    const { AppCode } = handlersFor(simulator);
    const calls = await callsDuring(simulator.control, async () => {
      // The list is in the journal before the first delete is sent, and that delete is slow.
      await simulator.control.latency({ operations: { DeleteAppCodeV2: 200 } });
      const [first, ...others] = codes;
      const deleting = AppCode.delete(first!.id, first!.props);
      while (!(await simulator.control.journal()).some(({ operation }) => operation === "ListAppCodesV2")) continue;
      await Promise.all([deleting, ...others.map(({ id, props }) => AppCode.delete(id, props))]);
    });
    assert.deepEqual(calls, { ListAppCodesV2: 1, DeleteAppCodeV2: 5 });
  });

  it("are listed anew when one was made since: a delete then finds what came of its code in the meantime", async () => {
    const [old] = await made(1);
    const handlers = handlersFor(simulator);
    await handlers.AppCode.read(old!.id, old!.props);
    const outside = new Outside(simulator.info);
    const path = `/apps/${appId}/app-codes`;
    // A create that was delivered twice, the second time late.
    await outside.apig("POST", path, { app_code: old!.props.appCode });
    const [next] = await made(1, handlers);
    await handlers.AppCode.delete(old!.id, old!.props);
    const { app_codes } = await outside.apig<{ app_codes: { app_code: string }[] }>("GET", path);
    assert.deepEqual(
      app_codes.map(({ app_code }) => app_code),
      [next!.props.appCode],
    );
  });

  it("are not listed before the first code of an app that the same process made", async () => {
    const { App, AppCode } = handlersFor(simulator);
    const calls = await callsDuring(simulator.control, async () => {
      const { inputs: args } = await App.check({}, { name: "new", ...text });
      const { id } = await App.create({ ...args, ...text });
      const newApp = { appId: id.split("/").at(-1), propagationSeconds: 0 };
      for (let n = 0; n < 5; n++) {
        const { inputs } = await AppCode.check({}, { ...newApp, ...text });
        await AppCode.create({ ...inputs, ...text });
      }
    });
    assert.deepEqual(calls, { CreateAnAppV2: 1, CreateAppCodeV2: 5 });
  });

  it("are there or not by that list alone, while it shows others", async () => {
    const [gone, kept] = await made(2);
    const path = `/apps/${appId}/app-codes/${gone!.id.split("/").at(-1)}`;
    await new Outside(simulator.info).apig("DELETE", path);
    const { AppCode } = handlersFor(simulator);
    const calls = await callsDuring(simulator.control, async () => {
      const [one, other] = await Promise.all([gone!, kept!].map(({ id, props }) => AppCode.read(id, props)));
      assert.deepEqual([one?.id, other?.id], ["", kept!.id]);
    });
    assert.deepEqual(calls, { ListAppCodesV2: 1 });
  });
});
