/**
 * Contacts on their way into S-360. The intent is stored before S-360 is asked, so that a lost answer, or a contact that
 * comes back before the answer does, never makes a twin.
 */
import { sql } from "drizzle-orm";
import type { Contact, ContactSide } from "@/lib/core/contact-side";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { LeaseLost, renewLease } from "./lease";
import type { ClaimedBatch } from "./records";

/** How long an answer may be under way before it counts as lost (the call's own deadline is shorter). */
const underWaySeconds = 120;

export interface Creation {
  readonly recordId: number;
  readonly likeness: string;
  readonly sent: boolean;
  /** The answer may still come. */
  readonly underWay: boolean;
}

/** Names and e-mail in the form in which contacts are compared; null when there is nothing to compare. */
export function likenessOf(contacts: ContactSide, contact: Contact): string | null {
  const query = contacts.queryFor(contact);
  if (query === null) return null;
  const parts = [query.officialName, query.firstName, query.lastName, query.email];
  return JSON.stringify(parts.map((part) => (part ?? "").trim().toLowerCase().normalize("NFC")));
}

/** Whether a likeness tells one person from another: a name alone does not (s360.md §1.4, families share an e-mail). */
export function tellsApart(likeness: string): boolean {
  const [officialName, , , email] = JSON.parse(likeness) as readonly string[];
  return email !== "" || officialName !== "";
}

interface CreationRow extends Record<string, unknown> {
  record_id: string;
  likeness: string;
  sent: boolean;
  under_way: boolean;
}

export async function creationsOf(
  db: Queryable,
  recordIds: readonly number[],
): Promise<Map<number, Creation>> {
  const rows = await db.execute<CreationRow>(sql`
    select record_id, likeness, sent_at is not null as sent,
      lost_at is null and sent_at > now() - ${underWaySeconds} * interval '1 second' as under_way
    from creation where record_id = any(${sql.param([...recordIds])}::bigint[])`);
  return byRecord(rows.rows);
}

/** Intents that a contact like one of these may be the outcome of, by likeness. */
export async function creationsLike(
  db: Queryable,
  connectionId: number,
  likenesses: readonly string[],
): Promise<ReadonlyMap<string, Creation>> {
  if (likenesses.length === 0) return new Map();
  const rows = await db.execute<CreationRow>(sql`
    select c.record_id, c.likeness, true as sent,
      c.lost_at is null and c.sent_at > now() - ${underWaySeconds} * interval '1 second' as under_way
    from creation c
    where c.connection_id = ${connectionId} and c.sent_at is not null
      and c.likeness = any(${sql.param([...likenesses])}::text[])
    order by c.sent_at desc`);
  return new Map([...byRecord(rows.rows).values()].map((creation) => [creation.likeness, creation]));
}

function byRecord(rows: readonly CreationRow[]): Map<number, Creation> {
  return new Map(
    rows.map((row) => {
      const recordId = Number(row.record_id);
      return [recordId, { recordId, likeness: row.likeness, sent: row.sent, underWay: row.under_way }];
    }),
  );
}

/**
 * Committed right before S-360 is asked, and renews the lease. False while another contact like this one is on its way: the two may be one, and the
 * second is looked for once the first is there.
 * @throws LeaseLost
 */
export async function storeIntent(
  db: Database,
  { connectionId, leaseToken }: Pick<ClaimedBatch, "connectionId" | "leaseToken">,
  recordId: number,
  likeness: string,
): Promise<boolean> {
  return transact(db, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${connectionId}::int, hashtext(${likeness}))`);
    const other = await tx.execute(sql`
      select from creation
      where connection_id = ${connectionId} and likeness = ${likeness} and record_id <> ${recordId}
        and lost_at is null and sent_at > now() - ${underWaySeconds} * interval '1 second'`);
    if ((other.rowCount ?? 0) > 0) return false;
    if (!(await renewLease(tx, { leaseToken }, [recordId])).has(recordId)) throw new LeaseLost();
    await tx.execute(sql`
      insert into creation (record_id, connection_id, likeness, sent_at)
      values (${recordId}, ${connectionId}, ${likeness}, now())
      on conflict (record_id) do update set likeness = excluded.likeness, sent_at = now(), lost_at = null`);
    return true;
  });
}

type Lease = Pick<ClaimedBatch, "leaseToken">;

/** What another worker noted of the record since its lease was lost is left as it is. */
const isOurs = (recordId: number, { leaseToken }: Lease) => sql`
  creation.record_id = ${recordId}
  and exists (select from record r where r.id = creation.record_id and r.lease_token = ${leaseToken})`;

export async function noteLost(db: Queryable, lease: Lease, recordId: number): Promise<void> {
  await db.execute(
    sql`update creation set lost_at = now() where ${isOurs(recordId, lease)} and lost_at is null`,
  );
}

/** S-360 refused: nothing was created, and the next try starts afresh. */
export async function takeIntentBack(db: Queryable, lease: Lease, recordId: number): Promise<void> {
  await db.execute(sql`delete from creation where ${isOurs(recordId, lease)}`);
}

/** It has its number: nothing is on its way any more. */
export async function forgetIntent(tx: Queryable, recordId: number): Promise<void> {
  await tx.execute(sql`delete from creation where record_id = ${recordId}`);
}
