/** Objects with unique names: taken over as the messages say, declared twice, or changed in a run with `--target`. */
import assert from "node:assert/strict";
import * as apig from "../../support/apig";
import { idsOf, ShopStack, type Shop } from "./shop";

describe("An object with a unique name", function () {
  this.timeout(240_000);
  let stack: ShopStack;
  beforeEach(async () => {
    stack = await ShopStack.open();
  });
  afterEach(() => stack.close());

  const names = async () => (await stack.apps()).map(({ name }) => name);

  it("stays if its replacement took it over as the message says, although something else failed in that run", async () => {
    const program =
      (web: Partial<apig.AppArgs>, mistake = false) =>
      (shop: Shop) => {
        const app = shop.caller("web", web);
        if (mistake) new apig.Environment("other", { name: "late_test_" }, { dependsOn: [app] });
      };
    await stack.up(program({}));
    const [before] = await stack.apps();
    await assert.rejects(stack.up(program({}), { replace: [await stack.urn("App", "web")] }), /APIG\.3203.*adopt/s);
    await stack.simulator.control.quotas({ environments: 1 });
    await assert.rejects(stack.up(program({ adopt: true }, true)), /APIG\.3104/);
    await stack.simulator.control.quotas({ environments: 10 });
    await stack.up(program({ adopt: true }, true));
    assert.deepEqual(await stack.apps(), [before]);
    await stack.stack.destroy();
    assert.deepEqual(await names(), []);
  });

  it("must be declared once: a second declaration is an error at preview that names it", async () => {
    stack.declare((shop) => {
      shop.caller("web");
      new apig.App("again", { name: "late_web", adopt: true });
    });
    await assert.rejects(stack.stack.preview(), /another resource of this program is about the app named late_web/);
  });

  it("must be declared once, also the publication of a group and the authorization of an app for an API", async () => {
    const program = (publications: string[], authorizations: string[]) => (shop: Shop) => {
      const { envId } = shop.env;
      const { groupId } = shop.shop;
      const [publication] = publications.map((name) => new apig.ApiPublication(name, { envId, groupId }));
      const appIds = [shop.caller("web").appId];
      for (const name of authorizations) {
        new apig.AppAuthorization(name, { envId, appIds, apiIds: idsOf(publication!) });
      }
    };
    await stack.up(program(["one"], ["one"]));
    stack.declare(program(["one", "two"], []));
    await assert.rejects(stack.stack.preview(), /is about the publication of API group \w+ in environment \w+/);
    stack.declare(program(["one"], ["one", "two"]));
    await assert.rejects(stack.stack.preview(), /is about app \w+ for API \w+ in environment \w+/);
  });

  it("keeps its old code in a run that leaves out other users of that code", async () => {
    const program = (year: string) => () => {
      const app = new apig.App("web", { name: "late_web" });
      const code = new apig.AppCode("web", { appId: app.appId, rotate: { year }, propagationSeconds: 0 });
      new apig.BkciCredential("web", { credentialId: "web", type: "ACCESSTOKEN", accessToken: code.appCode });
    };
    await stack.up(program("2026"));
    const target = [await stack.urn("AppCode", "web")];
    await assert.rejects(
      stack.up(program("2027"), { target }),
      /is kept, because what was not targeted may still use it/,
    );
    assert.equal((await stack.codes()).length, 2);
    assert.ok((await stack.codes()).includes(await stack.delivered("web")));
    await stack.up(program("2027"));
    assert.deepEqual(await stack.codes(), [await stack.delivered("web")]);
  });
});
