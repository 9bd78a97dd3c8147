import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { countCall, takeToken } from "./gate";

const database = testDatabase();

it("lets a burst pass and then holds calls to the pace, over all who ask", async () => {
  const connectionId = await insertTestConnection(database.db, "paced");
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: 16 }, () => takeToken(database.db, connectionId, "s360", 1_200)));
  const tookMs = performance.now() - startedAt;
  // 16 calls at 50 ms each, ten of them at once.
  expect(tookMs).toBeGreaterThan(240);
  expect(tookMs).toBeLessThan(2_000);
});

it("counts calls per day and keeps the org's own count", async () => {
  const connectionId = await insertTestConnection(database.db, "counted");
  await countCall(database.db, connectionId, "salesforce", { used: 7, limit: 100 });
  await countCall(database.db, connectionId, "salesforce");
  const rows = await database.db.execute(
    sql`select calls, org_used, org_limit from api_usage where connection_id = ${connectionId}`,
  );
  expect(rows.rows).toEqual([{ calls: 2, org_used: 7, org_limit: 100 }]);
});
