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
  }>(sql`select * from cursor where connection_id = ${connectionId}`);
  return new Map(
    rows.rows.map((row) => [
      row.object,
      {
        object: row.object,
        after: row.after_stamp
          ? { stamp: row.after_stamp, id: row.after_id }
          : { stamp: earlier(row.read_until, overlapMs), id: null },
        deletedSince: earlier(row.deleted_until, overlapMs),
        sweepBegan: row.sweep_began === null ? null : new Date(row.sweep_began).toISOString(),
        startedAt: new Date(row.started_at).toISOString(),
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

/** `floor`: the earliest row of the pages that was left for the next sweep; reading starts again no later than there. */
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
  return { ...cursor, after, sweepBegan: open ? began : null };
}

function earliest(moment: string, other: string | null): string {
  return other !== null && Date.parse(other) < Date.parse(moment) ? other : moment;
}

function earlier(moment: string, byMs: number): string {
  return new Date(Date.parse(moment) - byMs).toISOString();
}
