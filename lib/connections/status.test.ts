import { expect, it } from "vitest";
import { payload } from "@/drizzle/schema";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { connectionStatus } from "./status";

const database = testDatabase();

it("counts what came and is not taken in yet, so that nothing that was answered with 200 is out of sight", async () => {
  const connectionId = await insertTestConnection(database.db);
  const call = { connectionId, stream: "contacts-in" as const, body: "[]" };
  const receivedAt = new Date(Date.now() - 90_000);
  await database.db.insert(payload).values([
    { ...call, items: 50, receivedAt },
    { ...call, items: 7, tries: 1, dueAt: new Date(Date.now() + 30_000) },
  ]);
  const status = await connectionStatus(database.db, "myvenue");
  const contacts = status?.streams.find(({ name }) => name === "contacts-in");
  expect(contacts?.records).toMatchObject({ pending: 50, retrying: 7, idle: 0 });
  expect(contacts?.oldestDueSeconds).toBeGreaterThanOrEqual(90);
});
