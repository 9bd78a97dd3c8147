import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { keyRing, seal } from "./cipher";
import { checkKey, takeNewKey } from "./stored-key";

const database = testDatabase();
const ours = keyRing(Buffer.alloc(32, 1));
const another = keyRing(Buffer.alloc(32, 2));

beforeEach(() => database.db.execute(sql`truncate connection, installation cascade`));

async function storeSecret(keys = ours, minutesAgo = 0): Promise<void> {
  const connectionId = await insertTestConnection(database.db, `venue${minutesAgo}`);
  await database.db.execute(sql`
    insert into credential (connection_id, name, cipher_text, updated_at)
    values (${connectionId}, 'secret', ${seal(keys, ["x"], "secret")}, now() - ${minutesAgo} * interval '1 minute')`);
}

test("the first key counts, and no other starts beside it", async () => {
  await checkKey(database.db, ours);
  await checkKey(database.db, ours);
  await expect(checkKey(database.db, another)).rejects.toThrow(
    /Set ENCRYPTION_KEY to what it is on the other machines/,
  );
});

test("where secrets were stored before keys were compared, the key of the latest counts", async () => {
  await storeSecret(another, 60);
  await storeSecret(ours);
  await expect(checkKey(database.db, another)).rejects.toThrow(/encrypted with another key/);
  await checkKey(database.db, ours);
});

test("a key that is lost is given up on purpose: whose secrets are to be given again is told", async () => {
  await storeSecret(ours);
  await storeSecret(another, 60);
  await checkKey(database.db, ours);
  expect(await takeNewKey(database.db, another)).toEqual(["venue0"]);
  await checkKey(database.db, another);
  await expect(checkKey(database.db, ours)).rejects.toThrow(/new-key/);
});
