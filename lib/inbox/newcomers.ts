/** Records of Salesforce that S-360 does not have and is to get: kept under a key of their own until S-360 numbers them. */
import { sql } from "drizzle-orm";
import { provisionalKey } from "@/lib/core/record-key";
import type { ChangedRow } from "@/lib/core/side";
import type { ContactKind } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import { heldRow } from "./link-sql";

export interface Newcomer {
  readonly row: ChangedRow;
  readonly mappingId: number;
  readonly kind: ContactKind;
}

export type StoredNewcomer = Newcomer & { readonly recordId: number };

export async function addNewcomers(
  tx: Queryable,
  connectionId: number,
  newcomers: readonly Newcomer[],
): Promise<StoredNewcomer[]> {
  const stored: StoredNewcomer[] = [];
  for (const newcomer of newcomers) {
    const { row, mappingId, kind } = newcomer;
    const key = provisionalKey(row.id);
    const rows = await tx.execute<{ id: string }>(sql`
      insert into record (connection_id, family, key, kind, label)
      values (${connectionId}, 'contact', ${key}, ${kind}, ${row.id})
      on conflict (connection_id, family, key) do update set kind = excluded.kind
      returning id`);
    const recordId = Number(rows.rows[0]?.id);
    await tx.execute(sql`
      insert into link (connection_id, record_id, mapping_id, object, salesforce_id, key, base, base_version, held)
      values (${connectionId}, ${recordId}, ${mappingId}, ${row.object}, ${row.id}, ${key}, '{}', 0,
        ${JSON.stringify(heldRow(row))}::jsonb)
      on conflict (record_id, mapping_id) do update set held = excluded.held`);
    stored.push({ ...newcomer, recordId });
  }
  return stored;
}
