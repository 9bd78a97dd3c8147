/**
 * One key for all machines of an installation, and for as long as it lives: a process with another one could not read what is
 * stored, and the others could not read what it stores.
 */
import { sql } from "drizzle-orm";
import { ConfigError } from "@/lib/platform/config";
import { transact, type Database } from "@/lib/platform/db";
import type { KeyRing } from "./cipher";

const keyOfSecret = sql`split_part(cipher_text, ':', 2)`;

/**
 * The first key counts: the one with which the latest secret was stored, or where there is none the one given here.
 * @throws ConfigError when another key counts
 */
export async function checkKey(db: Database, { current }: KeyRing): Promise<void> {
  await db.execute(sql`
    insert into installation (key_id)
    select coalesce((select ${keyOfSecret} from credential order by updated_at desc limit 1), ${current.id})
    on conflict do nothing`);
  const rows = await db.execute<{ key_id: string }>(sql`select key_id from installation`);
  if (rows.rows[0]?.key_id === current.id) return;
  throw new ConfigError(
    "The secrets of this installation are encrypted with another key than this machine has. Set ENCRYPTION_KEY to what it is on the other machines, or put encryption.key back from your backup of the data folder. If that key is lost for good, run “npm run connector -- new-key” here, and then give the secrets again.",
  );
}

/** This key counts from now on. Returns the institutions with secrets that only another key can read. */
export async function takeNewKey(db: Database, { current }: KeyRing): Promise<string[]> {
  return transact(db, async (tx) => {
    await tx.execute(sql`
      insert into installation (key_id) values (${current.id})
      on conflict (single) do update set key_id = excluded.key_id`);
    const rows = await tx.execute<{ institution: string }>(sql`
      select institution from connection c
      where exists (select from credential where connection_id = c.id and ${keyOfSecret} <> ${current.id})
      order by institution`);
    return rows.rows.map(({ institution }) => institution);
  });
}
