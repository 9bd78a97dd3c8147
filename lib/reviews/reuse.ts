/** A contact number that S-360 gave to another contact: whose it is from now on. */
import { sql } from "drizzle-orm";
import type { Queryable } from "@/lib/platform/db";

/** The linked record is that of the contact who has the number now. */
export async function takeOverNumber(tx: Queryable, recordId: number | null): Promise<void> {
  await tx.execute(sql`
    update record set contact_id = coalesce(latest_contact_id, contact_id) where id = ${recordId}`);
}

/** Whoever is written next under the number is the one it stands for (settling notes who that was). */
export async function freeNumber(tx: Queryable, recordId: number | null): Promise<void> {
  await tx.execute(sql`update record set contact_id = null where id = ${recordId}`);
}
