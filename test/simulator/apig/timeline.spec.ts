import assert from "node:assert/strict";
import { begin, emptyTimeline, end, forget, valid } from "./timeline";

describe("Timeline of the gateway", () => {
  it("lets a value hold from its beginning until its end", () => {
    const timeline = emptyTimeline<string>();
    begin(timeline, "key", "a", 10);
    end(timeline, "key", 20);
    assert.deepEqual(
      [9, 10, 19, 20].map((now) => valid(timeline, "key", now)),
      [[], ["a"], ["a"], []],
    );
  });

  it("has one value at every moment when the next begins as the last ends", () => {
    const timeline = emptyTimeline<string>();
    begin(timeline, "key", "a", 0);
    end(timeline, "key", 10);
    begin(timeline, "key", "b", 10);
    for (const now of [0, 9, 10, 11]) assert.equal(valid(timeline, "key", now).length, 1, String(now));
  });

  it("ends only what matches", () => {
    const timeline = emptyTimeline<string>();
    begin(timeline, "key", "a", 0);
    begin(timeline, "key", "b", 0);
    end(timeline, "key", 10, (value) => value === "a");
    assert.deepEqual(valid(timeline, "key", 10), ["b"]);
  });

  it("does not move an end that is set", () => {
    const timeline = emptyTimeline<string>();
    begin(timeline, "key", "a", 0);
    end(timeline, "key", 10);
    end(timeline, "key", 20);
    assert.deepEqual(valid(timeline, "key", 15), []);
  });

  it("forgets what has ended, and nothing else", () => {
    const timeline = emptyTimeline<string>();
    begin(timeline, "past", "a", 0);
    begin(timeline, "soon", "b", 0);
    begin(timeline, "lasting", "c", 0);
    end(timeline, "past", 10);
    end(timeline, "soon", 20);
    forget(timeline, 10);
    assert.deepEqual(Object.keys(timeline.facts), ["soon", "lasting"]);
    assert.equal(timeline.ending.length, 1);
  });
});
