/** The engine deletes old entries in state late. Objects that callers use by then must stay. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as apig from "../../support/apig";
import { idsOf, ShopStack, type Shop } from "./shop";

describe("An older entry in state that is deleted late", function () {
  this.timeout(240_000);
  let stack: ShopStack;
  beforeEach(async () => {
    stack = await ShopStack.open();
  });
  afterEach(() => stack.close());

  const publish = ({ shop, env }: Shop, name = "shop") =>
    new apig.ApiPublication(name, { envId: env.envId, groupId: shop.groupId, triggers: shop.operations });
  const authorize = (name: string, { env }: Shop, apps: apig.App[], apiIds: pulumi.Input<string[]>) =>
    new apig.AppAuthorization(name, { envId: env.envId, appIds: apps.map(({ appId }) => appId), apiIds });

  it("revokes only the removed caller if a list loses its first entry", async () => {
    const callers =
      (...names: string[]) =>
      (shop: Shop) => {
        const apiIds = idsOf(publish(shop));
        const apps = ["alpha", "beta", "gamma"].map((name) => [name, shop.caller(name)] as const);
        names.forEach((name, n) => {
          const [, app] = apps.find(([each]) => each === name)!;
          authorize(`auth-${n}`, shop, [app], apiIds);
        });
      };
    await stack.up(callers("alpha", "beta", "gamma"));
    assert.deepEqual(await stack.statuses(), { alpha: 200, beta: 200, gamma: 200 });
    await stack.up(callers("beta", "gamma"));
    assert.deepEqual(await stack.statuses(), { alpha: 403, beta: 200, gamma: 200 });
    await stack.stack.preview({ expectNoChanges: true });
    await stack.up(callers("gamma"));
    assert.deepEqual(await stack.statuses(), { alpha: 403, beta: 403, gamma: 200 });
    await stack.up(callers());
    assert.deepEqual(await stack.statuses(), { alpha: 403, beta: 403, gamma: 403 });
  });

  it("takes nothing away from a renamed resource, even if that update failed", async () => {
    const named =
      (suffix: string, mistake = false) =>
      (shop: Shop) => {
        const web = shop.caller("web");
        const publication = publish(shop, `shop${suffix}`);
        authorize(`web${suffix}`, shop, [web], idsOf(publication));
        if (mistake) new apig.App("mistake", { name: "late_web_" }, { dependsOn: [publication] });
      };
    await stack.up(named(""));
    await stack.up(named("-new"));
    assert.deepEqual(await stack.statuses(), { web: 200 });
    await stack.simulator.control.quotas({ apps: 1 });
    await assert.rejects(stack.up(named("-newer", true)), /APIG\.3103/);
    await stack.simulator.control.quotas({ apps: 50 });
    await stack.up(named("-newer"));
    assert.deepEqual(await stack.statuses(), { web: 200 });
    await stack.stack.preview({ expectNoChanges: true });
    // The object belongs to that resource now.
    await stack.up((shop) => void (shop.caller("web"), publish(shop, "shop-newer")));
    assert.deepEqual(await stack.statuses(), { web: 403 });
    await stack.up((shop) => void shop.caller("web"));
    assert.deepEqual(await stack.statuses(), { web: 404 });
  });

  it("takes nothing away from a publication that becomes a list, or from an authorization with one more app", async () => {
    await stack.up((shop) => authorize("web", shop, [shop.caller("web")], idsOf(publish(shop))));
    await stack.up((shop) => {
      const apiIds = shop.shop.apis.apply((apis) => apis.map(({ id }) => id));
      const list = new apig.ApiPublication("list", { envId: shop.env.envId, apiIds, triggers: shop.shop.operations });
      authorize("clients", shop, [shop.caller("web"), shop.caller("mobile")], idsOf(list));
    });
    assert.deepEqual(await stack.statuses(), { web: 200, mobile: 200 });
  });

  it("takes nothing away from a resource that moved to a component with an explicit provider of the same place", async () => {
    const release = (opts: pulumi.ComponentResourceOptions, shop: Shop, inside: boolean) => {
      const component = new pulumi.ComponentResource("team:index:Release", "release", {}, opts);
      const options = inside ? { parent: component } : {};
      const publication = new apig.ApiPublication(
        "shop",
        { envId: shop.env.envId, groupId: shop.shop.groupId, triggers: shop.shop.operations },
        options,
      );
      const appIds = [shop.caller("web").appId];
      new apig.AppAuthorization("web", { envId: shop.env.envId, appIds, apiIds: idsOf(publication) }, options);
    };
    await stack.up((shop) => release({}, shop, false));
    await stack.up((shop) => {
      const provider = new apig.Provider("north", stack.providerArgs());
      release({ providers: [provider] }, shop, true);
    });
    assert.deepEqual(await stack.statuses(), { web: 200 });
    await stack.up((shop) => void shop.caller("web"));
    assert.deepEqual(await stack.statuses(), { web: 404 });
  });

  it("revokes what its own resource granted later, whatever another resource grants now", async () => {
    const program = (name: string, app: "alpha" | "beta") => (shop: Shop) => {
      const apps = { alpha: shop.caller("alpha"), beta: shop.caller("beta") };
      authorize(name, shop, [apps[app]], idsOf(publish(shop)));
    };
    await stack.up(program("x", "alpha"));
    await stack.up(program("x", "beta"));
    assert.deepEqual(await stack.statuses(), { alpha: 403, beta: 200 });
    await stack.up(program("y", "alpha"));
    assert.deepEqual(await stack.statuses(), { alpha: 200, beta: 403 });
  });

  it("is not deleted before a change that is impossible: callers keep what they have", async () => {
    const program = (groupId?: string) => (shop: Shop) => {
      const given = groupId ?? shop.shop.groupId;
      const publication = new apig.ApiPublication("shop", { envId: shop.env.envId, groupId: given });
      authorize("web", shop, [shop.caller("web")], idsOf(publication));
    };
    await stack.up(program());
    await assert.rejects(stack.up(program("0".repeat(32))), /0{32}/);
    assert.deepEqual(await stack.statuses(), { web: 200 });
  });
});
