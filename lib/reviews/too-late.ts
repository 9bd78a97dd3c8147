/** Decisions that come after the review was closed: the world may have moved on. */
import { sql } from "drizzle-orm";
import { isProvisional } from "@/lib/core/record-key";
import type { Queryable } from "@/lib/platform/db";
import type { LockedReview } from "./locked";

/** Why a contact that was not to be created, or not to be blanked, cannot be any more; null when it can. */
export async function tooLate(tx: Queryable, { kind, recordId }: LockedReview): Promise<string | null> {
  const rows = await tx.execute<{ key: string; linked: boolean; gone: boolean; into: string | null }>(sql`
    select r.key, exists (select from link l where l.record_id = r.id) as linked,
      exists (select from link l where l.record_id = r.id and l.gone_at is not null) as gone,
      (select h.key from merged_contact m join record h on h.id = m.head_id where m.record_id = r.id) as into
    from record r where r.id = ${recordId}`);
  const [record] = rows.rows;
  if (!record) return "The record is not known any more. Nothing was changed.";
  if (kind === "anonymised") {
    return record.into === null
      ? null
      : `It is said to be merged into ${record.into} in S-360, and is not written any more. Blank or delete its record in Salesforce, or take that back first. Nothing was changed.`;
  }
  if (kind === "rule") {
    return record.linked ? "Salesforce has the contact by now. Nothing was changed." : null;
  }
  if (!isProvisional(record.key)) return `S-360 has it by now, as ${record.key}. Nothing was changed.`;
  return record.gone ? "The record was deleted in Salesforce meanwhile. Nothing was changed." : null;
}
