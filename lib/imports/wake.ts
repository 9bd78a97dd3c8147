import { sql } from "drizzle-orm";
import type { Queryable } from "@/lib/platform/db";

/** Delivered when the transaction commits. */
export async function wakeWorkers(tx: Queryable, connectionId: number): Promise<void> {
  await tx.execute(sql`select pg_notify('work', ${String(connectionId)})`);
}
