import { setTimeout as sleep } from "node:timers/promises";
import { allLanes } from "@/lib/core/words";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { keepPayload } from "@/lib/inbox/keep-payload";
import { receive } from "@/lib/inbox/receive";
import { readContacts } from "@/lib/s360/inbound";
import { portray } from "@/lib/s360/portrait";
import { insertTestConnection } from "@/testing/connection";
import { empty, testDatabase } from "@/testing/database";
import { gather, gatherMs } from "./gather";

describe("how long a batch waits for more", () => {
  it.each([
    ["nothing is due", { records: 0, oldestMs: 0, newestMs: 0 }, 0],
    ["it is full", { records: 1_000, oldestMs: 10, newestMs: 0 }, 0],
    ["something has just come", { records: 50, oldestMs: 10, newestMs: 10 }, 490],
    ["more keeps coming", { records: 400, oldestMs: 900, newestMs: 20 }, 480],
    ["nothing more came", { records: 50, oldestMs: 500, newestMs: 500 }, 0],
    ["the first has waited long", { records: 900, oldestMs: 1_950, newestMs: 0 }, 50],
    ["the first has waited longest", { records: 900, oldestMs: 2_000, newestMs: 0 }, 0],
    ["it is a backlog", { records: 3, oldestMs: 60_000, newestMs: 50_000 }, 0],
  ])("%s", (_case, due, expected) => {
    expect(gatherMs(due, 1_000)).toBe(expected);
  });
});

describe("gathering", () => {
  const database = testDatabase();
  let connectionId: number;

  beforeEach(async () => {
    await empty(database.db);
    connectionId = await insertTestConnection(database.db);
  });

  const arrive = (first: number, count = 50) =>
    receive(database.db, {
      connectionId,
      stream: "contacts-in",
      direction: "in",
      portray,
      items: readContacts(
        JSON.stringify(
          Array.from({ length: count }, (_, n) => ({ contactNumber: String(first + n), type: "INDIVIDUAL" })),
        ),
      ),
    });
  const free = async () => {
    const rows = await database.db.execute<{ n: number }>(
      sql`select count(*)::int as n from record_direction where state = 'pending'`,
    );
    return rows.rows[0]?.n;
  };
  const gathering = (size = 1_000, signal?: AbortSignal) =>
    gather({ db: database.db, connectionId, direction: "in", from: allLanes, signal }, size);
  const timed = async (work: Promise<void>) => {
    const startedAt = performance.now();
    await work;
    return performance.now() - startedAt;
  };

  it("takes in what comes behind the first payload", async () => {
    await arrive(0);
    const gathered = gathering().then(free);
    for (const first of [50, 100, 150]) await arrive(first);
    expect(await gathered).toBe(200);
  });

  it("takes what is taken in late along, and waits no longer for what cannot be taken in", async () => {
    await arrive(0);
    await keepPayload(database.db, { connectionId, stream: "contacts-in", body: "[]", items: 1 });
    const gathered = gathering().then(free);
    await sleep(700);
    await arrive(50);
    await database.db.execute(sql`update payload set due_at = now() + interval '1 minute'`);
    expect(await gathered).toBe(100);
  });

  it("waits for nothing once a batch is full, nor where nothing is due", async () => {
    expect(await timed(gathering())).toBeLessThan(400);
    await arrive(0);
    expect(await timed(gathering(50))).toBeLessThan(400);
  });

  it("does not wait for records that another worker holds", async () => {
    await arrive(0);
    await database.db.execute(sql`update record set lease_until = now() + interval '1 minute'`);
    expect(await timed(gathering())).toBeLessThan(400);
  });

  it("lets go at once when the worker is to stop", async () => {
    await arrive(0);
    const stopping = new AbortController();
    const gathered = timed(gathering(1_000, stopping.signal));
    stopping.abort();
    expect(await gathered).toBeLessThan(400);
  });
});
