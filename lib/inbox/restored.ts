/**
 * Records that were merged into another in Salesforce and restored from the recycle bin since: they carry a number that
 * is the second one of the record that stayed. A person says whether the two are two again.
 */
import { sql } from "drizzle-orm";
import { recordKeyOf } from "@/lib/core/record-key";
import type { ReviewSubject } from "@/lib/core/reviews";
import type { ChangedRow } from "@/lib/core/side";
import type { Queryable } from "@/lib/platform/db";

export async function reviewRestored(
  tx: Queryable,
  connectionId: number,
  strangers: readonly ChangedRow[],
): Promise<void> {
  const carried = strangers.flatMap(({ id, key, object }) =>
    key === null ? [] : [{ id, object, key: recordKeyOf(key) }],
  );
  if (carried.length === 0) return;
  const rows = await tx.execute<{
    record_id: string;
    key: string;
    id: string;
    object: string;
    stayed: string;
  }>(sql`
    select l.record_id, r.key, n.id, l.object, l.salesforce_id as stayed
    from unnest(
      ${sql.param(carried.map(({ id }) => id))}::text[], ${sql.param(carried.map(({ object }) => object))}::text[],
      ${sql.param(carried.map(({ key }) => key))}::text[]
    ) as n (id, object, key)
    join record r on r.connection_id = ${connectionId} and r.family = 'contact' and r.key = n.key
    join link l on l.record_id = r.id and l.object = n.object and not l.head
    where not exists (
      select from review v where v.record_id = r.id and v.kind = 'restored' and v.subject->>'salesforceId' = n.id)`);
  for (const { record_id: recordId, key, id, object, stayed } of rows.rows) {
    const subject: ReviewSubject = { direction: "out", object, salesforceId: id, otherId: stayed };
    const sentence = `Record ${id} was merged into ${stayed} in Salesforce and is there again, with the Sync ID of contact ${key}. Until a person decides, its edits are not sent to S-360.`;
    await tx.execute(sql`
      insert into review (connection_id, kind, record_id, sentence, subject)
      values (${connectionId}, 'restored', ${Number(recordId)}, ${sentence}, ${JSON.stringify(subject)}::jsonb)
      on conflict do nothing`);
  }
}
