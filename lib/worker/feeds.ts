/** Which change feeds are due: claimed like records, so that one worker polls a connection at a time. */
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Fault } from "@/lib/core/faults";
import type { Database } from "@/lib/platform/db";
import type { PollReport } from "./poll";

/** A poll that takes longer than this without being renewed is taken over by another worker. */
const leaseSeconds = 45;

export interface ClaimedFeed {
  readonly connectionId: number;
  readonly leaseToken: string;
}

/** Takes every feed that is due and that nobody holds; new connections get one. `only`: this one, due or not. */
export async function claimFeeds(db: Database, only?: number): Promise<ClaimedFeed[]> {
  const leaseToken = randomUUID();
  await db.execute(sql`
    insert into feed (connection_id)
    select id from connection c where not exists (select from feed f where f.connection_id = c.id)
    on conflict do nothing`);
  const due = only === undefined ? sql`f.due_at <= now()` : sql`f.connection_id = ${only}`;
  const rows = await db.execute<{ connection_id: string }>(sql`
    update feed set lease_token = ${leaseToken}, lease_until = now() + ${leaseSeconds} * interval '1 second'
    where connection_id in (
      select f.connection_id from feed f
      where ${due} and (f.lease_until is null or f.lease_until < now())
        and not exists (
          select from block b where b.connection_id = f.connection_id and b.system = 'salesforce' and b.until > now())
      for update skip locked)
    returning connection_id`);
  return rows.rows.map((row) => ({ connectionId: Number(row.connection_id), leaseToken }));
}

export async function renewFeed(db: Database, { connectionId, leaseToken }: ClaimedFeed): Promise<void> {
  await db.execute(sql`
    update feed set lease_until = now() + ${leaseSeconds} * interval '1 second'
    where connection_id = ${connectionId} and lease_token = ${leaseToken}`);
}

/** Lets a feed go and says when it is due again; a null report says that it was not polled. */
export async function releaseFeed(
  db: Database,
  { connectionId, leaseToken }: ClaimedFeed,
  nextInSeconds: number,
  outcome: { readonly report: PollReport | null; readonly fault: Fault | null },
): Promise<void> {
  const { report, fault } = outcome;
  await db.execute(sql`
    update feed set lease_token = null, lease_until = null,
      due_at = now() + ${nextInSeconds} * interval '1 second',
      fault = ${fault ? JSON.stringify(fault) : null}::jsonb,
      last_polled_at = case when ${report !== null} then now() else last_polled_at end,
      last_rows = coalesce(${report?.rows ?? null}, last_rows),
      last_changes = coalesce(${report?.changes ?? null}, last_changes),
      last_strangers = coalesce(${report?.strangers ?? null}, last_strangers)
    where connection_id = ${connectionId} and lease_token = ${leaseToken}`);
}
