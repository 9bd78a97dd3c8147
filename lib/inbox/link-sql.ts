/** The statements of the change feed on links; each handles a whole poll at once. */
import { sql } from "drizzle-orm";
import type { Agreed, HeldRow } from "@/lib/core/agreement";
import type { ChangedRow, DeletedRow } from "@/lib/core/side";
import type { Kind } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import type { LinkedRow } from "./classify-change";

export type LockedLink = LinkedRow & { readonly kind: Kind | null };

interface LinkSqlRow extends Record<string, unknown> {
  id: string;
  record_id: string;
  mapping_id: string;
  salesforce_id: string;
  kind: Kind | null;
  agreed: Agreed;
  held: HeldRow | null;
  gone_at: string | null;
  busy: boolean;
}

/** The head links of these Salesforce ids, their records locked in the order of their keys, as settling does. */
export async function lockLinked(
  tx: Queryable,
  connectionId: number,
  salesforceIds: readonly string[],
  askedAt: string,
): Promise<Map<string, readonly LockedLink[]>> {
  const links = new Map<string, LockedLink[]>();
  if (salesforceIds.length === 0) return links;
  const ids = sql.param([...new Set(salesforceIds)]);
  await tx.execute(sql`
    select from record r
    where r.id in (select l.record_id from link l
      where l.connection_id = ${connectionId} and l.salesforce_id = any(${ids}::text[]) and l.head)
    order by r.family, r.key
    for no key update of r`);
  const rows = await tx.execute<LinkSqlRow>(sql`
    select l.id, l.record_id, l.mapping_id, l.salesforce_id, r.kind, l.held, l.gone_at::text,
      jsonb_build_object('base', l.base, 'stored', l.stored, 'traces', l.traces) as agreed,
      coalesce(r.lease_until > now(), false) or l.updated_at > ${askedAt}::timestamptz as busy
    from link l join record r on r.id = l.record_id
    where l.connection_id = ${connectionId} and l.salesforce_id = any(${ids}::text[]) and l.head`);
  for (const row of rows.rows) {
    const link: LockedLink = {
      linkId: Number(row.id),
      recordId: Number(row.record_id),
      mappingId: Number(row.mapping_id),
      kind: row.kind,
      agreed: row.agreed,
      held: row.held,
      goneAt: row.gone_at,
      busy: row.busy,
    };
    links.set(row.salesforce_id, [...(links.get(row.salesforce_id) ?? []), link]);
  }
  return links;
}

/** What Salesforce holds of a record now, as it told. */
export function heldRow({ stamp, key, fields, modifiedBy, accountId }: ChangedRow): HeldRow {
  return { stamp, key, fields, modifiedBy, accountId };
}

export async function holdRows(
  tx: Queryable,
  rows: readonly { readonly row: ChangedRow; readonly link: LinkedRow }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`
    update link l set held = n.held::jsonb, fate_at = null
    from unnest(
      ${sql.param(rows.map(({ link }) => link.linkId))}::bigint[],
      ${sql.param(rows.map(({ row }) => JSON.stringify(heldRow(row))))}::text[]
    ) as n (id, held)
    where l.id = n.id`);
}

/** Their fate, merged or deleted, is asked for when they are written; what was settled of an earlier deletion is over. */
export async function markGone(
  tx: Queryable,
  rows: readonly { readonly row: DeletedRow; readonly link: LinkedRow }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`
    update link l set gone_at = n.at, fate_at = null
    from unnest(
      ${sql.param(rows.map(({ link }) => link.linkId))}::bigint[],
      ${sql.param(rows.map(({ row }) => row.deletedAt))}::timestamptz[]
    ) as n (id, at)
    where l.id = n.id`);
}
