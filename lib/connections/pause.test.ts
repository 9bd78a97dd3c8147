import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { auditLog, connection, stream } from "@/drizzle/schema";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { setPaused } from "./pause";

const database = testDatabase();
const actor = "admin@venue.example";
const contacts = { institution: "myvenue", stream: "contacts-in", actor } as const;

beforeEach(async () => {
  await database.db.delete(auditLog);
  await database.db.delete(connection);
  await insertTestConnection(database.db);
});

async function pausedStreams() {
  const rows = await database.db.select().from(stream).orderBy(stream.name);
  return rows.map(({ name, pausedAt, pausedBy }) => ({ name, paused: pausedAt !== null, by: pausedBy }));
}

const trail = async () =>
  (await database.db.select().from(auditLog).orderBy(auditLog.id)).map(({ actor, action, subject }) => ({
    actor,
    action,
    subject,
  }));

test("a paused stream says since when and by whom; the other one goes on", async () => {
  expect(await setPaused(database.db, { ...contacts, paused: true })).toBe("changed");
  expect(await pausedStreams()).toEqual([
    { name: "contacts-in", paused: true, by: actor },
    { name: "contacts-out", paused: false, by: null },
    { name: "orders-in", paused: false, by: null },
  ]);
});

test("pausing and resuming leave a trail; doing either again leaves none and keeps who was first", async () => {
  await setPaused(database.db, { ...contacts, paused: true });
  const again = { ...contacts, actor: "other@venue.example", paused: true };
  expect(await setPaused(database.db, again)).toBe("unchanged");
  expect((await pausedStreams())[0]?.by).toBe(actor);
  expect(await setPaused(database.db, { ...contacts, paused: false })).toBe("changed");
  expect(await setPaused(database.db, { ...contacts, paused: false })).toBe("unchanged");
  expect(await trail()).toEqual([
    { actor, action: "stream paused", subject: "contacts-in" },
    { actor, action: "stream resumed", subject: "contacts-in" },
  ]);
});

test("an institution without a connection is missing", async () => {
  expect(await setPaused(database.db, { ...contacts, institution: "elsewhere", paused: true })).toBe(
    "missing",
  );
  expect(await trail()).toEqual([]);
});

test("only the named connection's stream is paused", async () => {
  const other = await insertTestConnection(database.db, "othervenue");
  await setPaused(database.db, { ...contacts, paused: true });
  expect(await database.db.select().from(stream).where(eq(stream.connectionId, other))).toEqual([]);
});
