import { sql } from "drizzle-orm";
import type { Database } from "@/lib/platform/db";

const lockKey = 836_005;

/**
 * Runs what only one may run for a connection at a time, on whatever machine; null while another runs.
 */
export async function oneAtATime<T>(
  db: Database,
  connectionId: number,
  run: () => Promise<T>,
): Promise<T | null> {
  return db.transaction(async (tx) => {
    // A server that ends idle transactions must not end this one while Salesforce is waited for.
    await tx.execute(sql`set local idle_in_transaction_session_timeout = 0`);
    const turn = await tx.execute<{ mine: boolean }>(sql`
      select pg_try_advisory_xact_lock(${lockKey}::int, ${connectionId}::int) as mine`);
    return turn.rows[0]?.mine ? run() : null;
  });
}
