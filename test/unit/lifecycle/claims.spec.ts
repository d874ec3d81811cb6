/** Claims during the engine's calls, in the order of these calls (step_generator.go of pkg v3.259.0). */
import assert from "node:assert/strict";
import { Claims } from "../../../provider/lifecycle/claims";

const web = { name: "web" };
const named = (name: string) => [`the app named ${name}`];

describe("Claims", () => {
  let claims: Claims;
  beforeEach(() => {
    claims = new Claims();
  });
  const check = (inputs: object, wants: string[], old = false, deletesFirst = false) =>
    claims.checked(inputs, wants, !old, deletesFirst);

  it("hold what is unchanged or updated, and not what is replaced until it is made anew", () => {
    check(web, named("web"), true);
    claims.comparing(web, ["app 1"], [])("same");
    assert.ok(claims.isHeld("app 1"));

    const mail = { name: "mail" };
    check(mail, named("mail"), true);
    claims.comparing(mail, ["app 2"], [])("replaced");
    assert.equal(check(mail, named("mail")), undefined);
    assert.ok(!claims.isHeld("app 2"));
    claims.begun(mail);
    claims.made(mail, ["app 3"]);
    assert.deepEqual([claims.isHeld("app 2"), claims.isHeld("app 3")], [false, true]);
  });

  it("are none after the diff of a refresh, which no check came before", () => {
    claims.comparing(web, ["app 1"], [])("same");
    assert.ok(!claims.isHeld("app 1"));
  });

  it("hold while a diff fails", () => {
    check(web, named("web"), true);
    claims.comparing(web, ["app 1"], []);
    assert.ok(claims.isHeld("app 1"));
  });

  it("let go of what the engine replaces on its own: replaceOnChanges", () => {
    check(web, named("web"), true);
    claims.comparing(web, ["app 1"], [])("changed");
    assert.equal(check(web, named("web")), undefined);
    assert.ok(!claims.isHeld("app 1"));
    claims.begun(web);
    claims.made(web, ["app 2"]);
    assert.ok(claims.isHeld("app 2"));
  });

  it("are wanted only from the create on: a replacement may delete first", () => {
    check(web, named("web"));
    assert.deepEqual([claims.isWanted(named("web")[0]!), claims.isExpected(named("web")[0]!)], [false, true]);
    claims.begun(web);
    assert.deepEqual([claims.isWanted(named("web")[0]!), claims.isExpected(named("web")[0]!)], [true, false]);
    claims.made(web, ["app 1"]);
    assert.ok(!claims.isWanted(named("web")[0]!));
  });

  it("name what two resources want, new ones and one beside an unchanged one", () => {
    assert.equal(check(web, named("web")), undefined);
    assert.equal(check({ ...web, adopt: true }, named("web")), "the app named web");
    check({ name: "mail" }, named("mail"), true);
    claims.comparing({ name: "mail" }, ["app 2"], [])("same");
    assert.equal(check({ name: "mail" }, named("mail")), "the app named mail");
  });

  it("forgive one that the engine makes again after its replacement had deleted it", () => {
    check(web, named("web"), true, true);
    claims.comparing(web, ["app 1"], [])("same");
    assert.equal(check(web, named("web"), false, true), undefined);
  });

  it("know inputs again whatever the order of their keys", () => {
    check({ one: 1, two: { three: 3, four: 4 } }, [], true);
    claims.comparing({ two: { four: 4, three: 3 }, one: 1 }, ["app 1"], [])("same");
    assert.ok(claims.isHeld("app 1"));
  });

  it("of what is only looked at count where the program is applied, not where it goes with the rest", () => {
    claims.seen(["app 1"]);
    assert.ok(!claims.isHeld("app 1"));
    check({ name: "mail" }, named("mail"));
    assert.ok(claims.isHeld("app 1"));
  });

  it("may be handed over, and the one that found the object there learns it", () => {
    assert.ok(!claims.isOurs("app 1"));
    claims.handOver("app 1");
    assert.ok(claims.isOurs("app 1"));
  });

  it("know what a resource of the program had made, which another one finds there now", () => {
    check(web, [], true);
    claims.comparing(web, ["app 1"], ["app 1 as 7"])("replaced");
    assert.deepEqual([claims.isOurs("app 1 as 7"), claims.isOurs("app 1 as 8")], [true, false]);
  });
});
