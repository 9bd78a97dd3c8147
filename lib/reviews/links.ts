/** What decisions do to links, once Salesforce holds nothing that speaks against it. */
import { sql } from "drizzle-orm";
import { resolveName } from "@/lib/core/mapping/published";
import { provisionalKey } from "@/lib/core/record-key";
import type { Kind } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import { replaceNewcomer } from "@/lib/sync/unite";

export interface HeadLink {
  readonly id: number;
  readonly mappingId: number;
  /** The kind of contact that the link's mapping writes. */
  readonly mappingKind: Kind;
  readonly object: string;
  readonly salesforceId: string;
  /** The Sync ID that the Salesforce record carries for us. */
  readonly key: string;
  /** The field of the Sync ID, with the org's prefix. */
  readonly keyField: string;
  /** Its Salesforce record is gone, and what that means is not settled. */
  readonly unsettled: boolean;
}

interface HeadLinkRow extends Record<string, unknown> {
  id: string;
  mapping_id: string;
  mapping_kind: Kind;
  object: string;
  salesforce_id: string;
  key: string;
  key_field: string;
  prefix: string | null;
  unsettled: boolean;
}

export async function headLinks(tx: Queryable, recordId: number | null): Promise<HeadLink[]> {
  const rows = await tx.execute<HeadLinkRow>(sql`
    select l.id, l.mapping_id, m.kind as mapping_kind, l.object, l.salesforce_id, l.key,
      l.gone_at is not null and l.fate_at is null as unsettled,
      coalesce(v.document, m.draft)->>'keyField' as key_field, c.org->>'prefix' as prefix
    from link l
    join mapping m on m.id = l.mapping_id
    join connection c on c.id = l.connection_id
    left join mapping_version v on v.id = m.published_version_id
    where l.record_id = ${recordId} and l.head order by l.id`);
  return rows.rows.map((row) => ({
    id: Number(row.id),
    mappingId: Number(row.mapping_id),
    mappingKind: row.mapping_kind,
    object: row.object,
    salesforceId: row.salesforce_id,
    key: row.key,
    keyField: resolveName(row.key_field, row.prefix ?? ""),
    unsettled: row.unsettled,
  }));
}

/** Takes a link away, and those of the numbers that were second to it: each is written by itself from now on. */
export async function removeLink(tx: Queryable, link: HeadLink): Promise<void> {
  await tx.execute(sql`
    delete from link using link head
    where head.id = ${link.id} and link.connection_id = head.connection_id and link.mapping_id = head.mapping_id
      and link.salesforce_id = head.salesforce_id`);
}

/** A number that was the second one of a Salesforce record is written by itself from now on. */
export async function removeAlias(
  tx: Queryable,
  recordId: number | null,
  salesforceId: string | undefined,
): Promise<void> {
  await tx.execute(sql`
    delete from link where record_id = ${recordId} and salesforce_id = ${salesforceId ?? null} and not head`);
}

/** What the deletion of its Salesforce record means is decided: nobody is asked about it again. */
export async function settleFate(tx: Queryable, link: HeadLink): Promise<void> {
  await tx.execute(sql`update link set fate_at = now() where id = ${link.id} and gone_at is not null`);
}

/** The numbers that were second to a link follow its Salesforce record to another one. */
export async function moveAliases(tx: Queryable, link: HeadLink, salesforceId: string): Promise<void> {
  await tx.execute(sql`
    update link a set salesforce_id = ${salesforceId}, updated_at = now()
    from link head
    where head.id = ${link.id} and a.connection_id = head.connection_id and a.mapping_id = head.mapping_id
      and a.salesforce_id = head.salesforce_id and not a.head`);
}

/**
 * A link goes on with the record it was merged into: as the second number of whoever that record belongs to, else as its
 * head, whose Sync ID is then written onto it.
 */
export async function joinMaster(tx: Queryable, link: HeadLink, masterId: string): Promise<void> {
  await moveAliases(tx, link, masterId);
  await giveWay(tx, link, masterId);
  await tx.execute(sql`
    update link l set salesforce_id = ${masterId}, gone_at = null, fate_at = null, updated_at = now(),
      head = owner.key is null, key = coalesce(owner.key, l.key), base = l.base - ${link.keyField}::text
    from (select) as one
    left join link owner on owner.mapping_id = ${link.mappingId} and owner.salesforce_id = ${masterId} and owner.head
    where l.id = ${link.id}`);
}

/** Where the record that stayed was to be created in S-360, it is not any more: it is this contact. */
async function giveWay(tx: Queryable, link: HeadLink, masterId: string): Promise<void> {
  const rows = await tx.execute<{ record_id: string; connection_id: string; newcomer: boolean }>(sql`
    select l.record_id, l.connection_id, exists (
      select from link n join record r on r.id = n.record_id
      where n.connection_id = l.connection_id and n.mapping_id = l.mapping_id and n.salesforce_id = ${masterId} and n.head
        and r.key = ${provisionalKey(masterId)}) as newcomer
    from link l where l.id = ${link.id}`);
  const [row] = rows.rows;
  if (!row?.newcomer) return;
  const to = { recordId: Number(row.record_id), mappingId: link.mappingId, salesforceId: masterId };
  await replaceNewcomer(tx, { connectionId: Number(row.connection_id), leaseToken: null }, to);
}
