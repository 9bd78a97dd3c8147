/**
 * Where reading of Salesforce's changes stands. A sweep reads everything that changed since a while before the last one
 * began; its place is kept page by page, so that a sweep that was broken off goes on where it stopped.
 */
import { sql } from "drizzle-orm";
import type { FeedPage, FeedPosition } from "@/lib/core/side";
import type { Queryable } from "@/lib/platform/db";

/** Rows may become visible minutes after their own time (salesforce.md §4.1). */
const overlapMs = 5 * 60_000;

export interface Cursor {
  readonly object: string;
  readonly after: FeedPosition;
  readonly deletedSince: string;
  /** The clock when the sweep in hand began; null between sweeps. */
  readonly sweepBegan: string | null;
  /** The clock when reading of the object began. */
  readonly startedAt: string;
  /** What a sweep that begins here reads again (drizzle/rereads.ts), by token; nothing while one is in hand. */
  readonly rereads: readonly string[];
  /** By mapping: up to which link the old ones are known; null: all are. */
  readonly baseline: Readonly<Record<string, number | null>>;
}

export async function readCursors(db: Queryable, connectionId: number): Promise<Map<string, Cursor>> {
  const rows = await db.execute<{
    object: string;
    read_until: string;
    after_stamp: string | null;
    after_id: string | null;
    sweep_began: string | null;
    deleted_until: string;
    started_at: string;
    baseline: Record<string, number | null>;
    read_from: string;
    deleted_from: string;
    rereads: string[];
  }>(sql`
    select c.*, coalesce(a.tokens, '{}') as rereads, least(c.read_until, a.since) as read_from,
      least(c.deleted_until, a.since) as deleted_from
    from cursor c
    left join lateral (
      select min(since) as since, array_agg(token::text) as tokens from reread
      where connection_id = c.connection_id and object = c.object and c.after_stamp is null) a on true
    where c.connection_id = ${connectionId}`);
  return new Map(
    rows.rows.map((row) => [
      row.object,
      {
        object: row.object,
        after: row.after_stamp
          ? { stamp: row.after_stamp, id: row.after_id }
          : { stamp: earlier(row.read_from, overlapMs), id: null },
        deletedSince: earlier(row.deleted_from, overlapMs),
        sweepBegan: row.sweep_began === null ? null : new Date(row.sweep_began).toISOString(),
        startedAt: new Date(row.started_at).toISOString(),
        rereads: row.rereads,
        baseline: row.baseline,
      },
    ]),
  );
}

/** A new object's cursor starts now: what is older came by other ways. */
export async function startCursor(
  tx: Queryable,
  connectionId: number,
  object: string,
  serverTime: string,
): Promise<void> {
  await tx.execute(sql`
    insert into cursor (connection_id, object, started_at, read_until, deleted_until)
    values (${connectionId}, ${object}, ${serverTime}, ${serverTime}, ${serverTime}) on conflict do nothing`);
}

/** `upTo`: the last link that was looked at; null when none is left. */
export async function moveBaseline(
  tx: Queryable,
  connectionId: number,
  object: string,
  { mappingId, upTo }: { readonly mappingId: number; readonly upTo: number | null },
): Promise<void> {
  const place = JSON.stringify({ [mappingId]: upTo });
  await tx.execute(sql`
    update cursor set baseline = baseline || ${place}::jsonb
    where connection_id = ${connectionId} and object = ${object}`);
}

/**
 * `floor`: the earliest row of the pages that was left for the next sweep; reading starts again no later than there. What was
 * to be read again has been when its sweep ends; of one that was broken off it is read anew.
 */
export async function moveCursor(
  tx: Queryable,
  connectionId: number,
  cursor: Cursor,
  page: Pick<FeedPage, "changed" | "complete" | "deletedUntil">,
  { serverTime, floor }: { readonly serverTime: string; readonly floor: string | null },
): Promise<Cursor> {
  const last = page.changed.at(-1);
  const began = earliest(cursor.sweepBegan ?? serverTime, floor);
  const after = last ? { stamp: last.stamp, id: last.id } : cursor.after;
  const open = !page.complete;
  await tx.execute(sql`
    update cursor set
      read_until = case when ${open} then read_until else ${began}::timestamptz end,
      after_stamp = ${open ? after.stamp : null}, after_id = ${open ? after.id : null},
      sweep_began = ${open ? began : null}::timestamptz,
      deleted_until = greatest(deleted_until, ${page.deletedUntil}::timestamptz)
    where connection_id = ${connectionId} and object = ${cursor.object}`);
  const { rereads } = cursor;
  if (open || rereads.length === 0) return { ...cursor, after, sweepBegan: open ? began : null };
  await tx.execute(sql`
    delete from reread
    where connection_id = ${connectionId} and object = ${cursor.object} and token = any(${sql.param([...rereads])}::uuid[])`);
  return { ...cursor, after, sweepBegan: null, rereads: [] };
}

function earliest(moment: string, other: string | null): string {
  return other !== null && Date.parse(other) < Date.parse(moment) ? other : moment;
}

function earlier(moment: string, byMs: number): string {
  return new Date(Date.parse(moment) - byMs).toISOString();
}
