import { sql } from "drizzle-orm";
import type { Queryable } from "@/lib/platform/db";
import type { LinkRow } from "./records";

/** The S-360 number of the structure whose Account this contact belongs to; null when S-360 has none. */
export async function structureNumberOf(
  db: Queryable,
  connectionId: number,
  { held }: LinkRow,
): Promise<string | null> {
  if (!held?.accountId) return null;
  const rows = await db.execute<{ number: string | null }>(sql`
    select coalesce(r.s360_state->>'contactNumber', r.key) as number
    from link l left join merged_contact m on m.record_id = l.record_id
    join record r on r.id = coalesce(m.head_id, l.record_id)
    where l.connection_id = ${connectionId} and l.salesforce_id = ${held.accountId} and l.head
      and r.kind = 'structure' and r.key not like 'salesforce:%'`);
  return rows.rows[0]?.number ?? null;
}
