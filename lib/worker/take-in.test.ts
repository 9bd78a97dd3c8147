import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { keepPayload } from "@/lib/inbox/keep-payload";
import { createLogger } from "@/lib/platform/log";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { takeInAll } from "./take-in";

const database = testDatabase();
let connectionId: number;

beforeEach(async () => {
  await database.db.execute(sql`truncate connection cascade`);
  connectionId = await insertTestConnection(database.db);
});

const stream = "contacts-in";

async function keep(calls: number): Promise<void> {
  for (let call = 0; call < calls; call++) {
    const body = JSON.stringify([{ contactNumber: String(call), type: "INDIVIDUAL" }]);
    await keepPayload(database.db, { connectionId, stream, body, items: 1 });
  }
}

/** How many batches were taken in within so many milliseconds. */
async function batchesWithin(ms: number): Promise<number> {
  let batches = 0;
  const log = createLogger("test", "silent");
  log.info = () => void batches++;
  const signal = AbortSignal.timeout(ms);
  await takeInAll({ db: database.db, log, signal }, { connectionId, stream });
  return batches;
}

test("a backlog of calls that go alone does not rest between them", async () => {
  await keep(20);
  await database.db.execute(sql`update payload set tries = 1, received_at = now() - interval '1 minute'`);
  // With rests between them they would take longer.
  expect(await batchesWithin(3_800)).toBe(20);
});

test("what has just come waits a moment for what comes behind it", async () => {
  await keep(20);
  await database.db.execute(sql`update payload set tries = 1, received_at = now() + interval '1 minute'`);
  expect(await batchesWithin(500)).toBeLessThan(5);
});
