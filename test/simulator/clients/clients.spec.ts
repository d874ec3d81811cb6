import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSimulator, type TestSimulator } from "../open";
import { clients, identity, replay, scene } from "./recorded";

describe("What official clients send", () => {
  let folder: string;
  let simulator: TestSimulator;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "simulator-"));
    writeFileSync(join(folder, "identity.json"), JSON.stringify(identity));
    simulator = await openSimulator({ data: folder });
  });
  after(async () => {
    await simulator.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    await simulator.control.reset();
    await simulator.control.seed(scene);
  });

  for (const [client, requests] of clients) {
    for (const request of requests) {
      const { operation, status, code } = request;
      it(`gets ${status} for ${operation} of the ${client}`, async () => {
        const answer = await replay(simulator, request);
        const [call] = await simulator.control.journal();
        assert.deepEqual([call?.operation, answer.status], [operation, status], call?.note);
        const fields = answer.body as { error_code?: string; error?: { error_code: string }; failure?: unknown[] };
        assert.equal(fields.error_code ?? fields.error?.error_code, code);
        assert.deepEqual(fields.failure ?? [], []);
      });
    }
  }
});
