/** What changes in the records that a census found, field by field: so that nobody takes another's change for their own. */
import { sql } from "drizzle-orm";
import { newRecord, notWritten } from "@/lib/core/census-change";
import { resolveName } from "@/lib/core/mapping/published";
import type { Queryable } from "@/lib/platform/db";
import type { CensusChange } from "./reprocess-contract";

/** Of the records that no re-processing has come to yet; the most frequent first. A record counts for each of its fields. */
export async function changesLeft(
  db: Queryable,
  { id: censusId, versionId }: { readonly id: number; readonly versionId: number },
): Promise<CensusChange[]> {
  const rows = await db.execute<{ change: string; records: number }>(sql`
    select change, count(*)::int as records
    from census_record c, unnest(c.changes) as change
    where c.census_id = ${censusId} and c.was is null
    group by change order by records desc, change`);
  if (rows.rows.length === 0) return [];
  const labels = await fieldLabels(db, versionId);
  return rows.rows.map(({ change, records }) => ({ change, label: labels.get(change) ?? change, records }));
}

/** What the org calls the fields of the object that a version writes; nobody is asked. */
async function fieldLabels(db: Queryable, versionId: number): Promise<ReadonlyMap<string, string>> {
  const found = await db.execute<{ connection_id: string; object: string; prefix: string | null }>(sql`
    select m.connection_id, v.document->>'object' as object, n.org->>'prefix' as prefix
    from mapping_version v join mapping m on m.id = v.mapping_id join connection n on n.id = m.connection_id
    where v.id = ${versionId}`);
  const [of] = found.rows;
  if (!of) return new Map();
  const rows = await db.execute<{ name: string; label: string }>(sql`
    select f->>'name' as name, f->>'label' as label
    from org_object o, jsonb_array_elements(o.describe->'fields') as f
    where o.connection_id = ${of.connection_id} and o.object = ${resolveName(of.object, of.prefix ?? "")}`);
  const whole = [
    [newRecord, "New in Salesforce"],
    [notWritten, "Not written any more"],
  ] as const;
  return new Map([...whole, ...rows.rows.map(({ name, label }) => [name, label] as const)]);
}
