import assert from "node:assert/strict";
import { mayPublishOthers } from "../../../provider/resources/api-publication/same-apis";
import type { Args, State } from "../../../provider/resources/api-publication/inputs";
import { unknownValue } from "../../../provider/lifecycle/unknown";

const line = "listPets, public, APP, limit, mock #Ab-_1234";
const other = "listAllPets, public, NONE, https://pets.example.com #zZ901234";
const inGroup = { envId: "e", groupId: "g" };

/** Whether others may be published when triggers become others, of a whole group if nothing else is said. */
function mayChange(before: unknown, after: unknown, target: object = inGroup, changed = ["triggers"]): boolean {
  const old = { ...target, triggers: before } as State;
  return mayPublishOthers(changed, old, { ...target, triggers: after } as Args);
}

describe("An update of an ApiPublication keeps what is published", () => {
  it("where an operation has another line", () => {
    assert.equal(
      mayChange({ "GET /pets": line, "POST /pets": line }, { "GET /pets": other, "POST /pets": line }),
      false,
    );
  });

  it("where given APIs are published again, whatever the triggers are", () => {
    assert.equal(mayChange({ version: "1" }, unknownValue, { envId: "e", apiIds: ["a"] }), false);
  });

  const others: Record<string, [before: unknown, after: unknown]> = {
    "operations come": [{ "GET /pets": line }, { "GET /pets": line, "POST /pets": line }],
    "operations go": [{ "GET /pets": line, "POST /pets": line }, { "GET /pets": line }],
    "one comes and one goes": [{ "GET /pets": line }, { "GET /dogs": line }],
    "an API is made anew, because it is matched in another way": [
      { "GET /pets": line },
      { "GET /pets": line.replace("mock", "mock, by prefix") },
    ],
    "a line is cut before it tells that": [
      { "GET /pets": line.replace(" #", "… #") },
      { "GET /pets": other.replace(" #", "… #") },
    ],
    "the triggers are none any more": [{ "GET /pets": line }, undefined],
    "the triggers are not known": [{ "GET /pets": line }, unknownValue],
    "a line is not known": [{ "GET /pets": line }, { "GET /pets": unknownValue }],
    "the triggers are something else": [{ version: "1" }, { version: "2" }],
    "they are not lines": [{ "GET /pets": "1" }, { "GET /pets": "2" }],
  };
  for (const [what, [before, after]] of Object.entries(others)) {
    it(`but may publish others where ${what}`, () => {
      assert.equal(mayChange(before, after), true);
    });
  }

  it("but may publish others where there is something to repair, or other APIs are given", () => {
    const same = { "GET /pets": line };
    assert.equal(mayChange(same, same, inGroup, ["drift"]), true);
    assert.equal(mayChange(same, same, { envId: "e", apiIds: ["a"] }, ["apiIds"]), true);
    assert.equal(mayChange(same, { "GET /pets": other }, inGroup, ["triggers", "drift"]), true);
  });
});
