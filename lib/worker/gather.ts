/**
 * Batching across payloads: S-360 sends a run of its schedule in many small calls, so what has just arrived waits a moment
 * for what comes behind it, and they share their calls to Salesforce. A full batch never waits, nor does a backlog.
 */
import { sql } from "drizzle-orm";
import type { Direction, Lane } from "@/lib/core/words";
import { streamsWithArrivals } from "@/lib/inbox/take-in";
import type { Database } from "@/lib/platform/db";
import { rest } from "@/lib/platform/rest";

/** Nothing waits longer for others, however steadily they come. */
const longestMs = 2_000;
/** Where nothing has come for so long, nothing more is expected. */
const quietMs = 500;

/** What is due and free: ages are counted from when it fell due. What has come and is not taken in yet makes the newest 0. */
export interface DueNow {
  readonly records: number;
  readonly oldestMs: number;
  readonly newestMs: number;
}

/** For how long a batch of at most `size` should wait for more; 0: take it now. */
export function gatherMs({ records, oldestMs, newestMs }: DueNow, size: number): number {
  if (records === 0 || records >= size) return 0;
  return Math.max(0, Math.ceil(Math.min(longestMs - oldestMs, quietMs - newestMs)));
}

interface GatherInput {
  readonly db: Database;
  readonly connectionId: number;
  readonly direction: Direction;
  /** Records of other lanes are not taken, so they are not waited for, nor do they fill a batch. */
  readonly from: readonly Lane[];
  /** Aborted: wait no longer. */
  readonly signal?: AbortSignal;
}

/** Resolves when a batch of at most `size` records should be taken. */
export async function gather(input: GatherInput, size: number): Promise<void> {
  const { signal } = input;
  while (!signal?.aborted) {
    const waitMs = gatherMs(await dueNow(input, size), size);
    if (waitMs === 0) return;
    await rest(waitMs, signal);
  }
}

async function dueNow(input: GatherInput, size: number): Promise<DueNow> {
  // Asked for first: what is taken in meanwhile is counted twice rather than not at all.
  const arriving = input.direction === "in" ? await streamsWithArrivals(input.db, input.connectionId) : [];
  const due = await freeNow(input, size);
  return arriving.length > 0 ? { ...due, newestMs: 0 } : due;
}

/** Counts no further than `size`. What another worker holds is not free, and not waited for. */
async function freeNow({ db, connectionId, direction, from }: GatherInput, size: number): Promise<DueNow> {
  const found = await db.execute<{ records: number; oldest_ms: number | null; newest_ms: number | null }>(sql`
    select count(*)::int as records,
      (extract(epoch from now() - min(due_at)) * 1000)::float8 as oldest_ms,
      (extract(epoch from now() - max(due_at)) * 1000)::float8 as newest_ms
    from (
      select d.due_at
      from stream s
      join record_direction d on d.connection_id = s.connection_id and d.stream = s.name
      join record r on r.id = d.record_id
      where s.connection_id = ${connectionId} and s.paused_at is null and d.direction = ${direction}
        and d.lane = any(${sql.param([...from])}::smallint[])
        and d.state in ('pending', 'retrying') and d.due_at <= now()
        and (r.lease_until is null or r.lease_until < now())
      limit ${size}
    ) as due`);
  const { records = 0, oldest_ms: oldestMs, newest_ms: newestMs } = found.rows[0] ?? {};
  return { records, oldestMs: oldestMs ?? 0, newestMs: newestMs ?? 0 };
}
