import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { auditLog, block } from "@/drizzle/schema";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { isHeld, tryNow } from "./hold";

const database = testDatabase();
const salesforce = { institution: "myvenue", system: "salesforce", actor: "ada@venue.example" } as const;
let connectionId = 0;

beforeEach(async () => {
  await database.db.execute(sql`truncate connection, audit_log cascade`);
  connectionId = await insertTestConnection(database.db);
});

const hold = () =>
  database.db.insert(block).values({
    connectionId,
    system: "salesforce",
    until: sql`now() + interval '1 hour'`,
    times: 5,
    fault: { code: "org_limit", sentence: "The org has used its calls." },
  });

test("whoever put it right need not wait; should it refuse again, the pauses go on as they were", async () => {
  await hold();
  expect(await isHeld(database.db, connectionId, "salesforce")).toBe(true);
  expect(await isHeld(database.db, connectionId, "s360")).toBe(false);
  expect(await tryNow(database.db, salesforce)).toBe("changed");
  expect(await isHeld(database.db, connectionId)).toBe(false);
  expect(await database.db.select({ times: block.times }).from(block)).toEqual([{ times: 5 }]);
  const trail = await database.db.select({ actor: auditLog.actor, action: auditLog.action }).from(auditLog);
  expect(trail).toEqual([{ actor: "ada@venue.example", action: "tried again at once" }]);
});

test("twice, or where nothing waits, changes nothing", async () => {
  expect(await tryNow(database.db, salesforce)).toBe("unchanged");
  await hold();
  await tryNow(database.db, salesforce);
  expect(await tryNow(database.db, salesforce)).toBe("unchanged");
  expect(await tryNow(database.db, { ...salesforce, institution: "elsewhere" })).toBe("missing");
});
