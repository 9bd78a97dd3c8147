/** The workers' part of an import: the next records take their turn whenever those before are nearly through. */
import { eq, sql } from "drizzle-orm";
import { connection, importRun } from "@/drizzle/schema";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import {
  countJobs,
  hasCome,
  leftOf,
  leftOfCanary,
  noteEnds,
  release,
  takeBack,
  takeFromJobs,
  type Left,
} from "./slices";
import { wakeWorkers } from "./wake";

/** So many at a time that a backlog of them goes the way that is cheapest for a backlog. */
const sliceSize = 10_000;
const fewLeft = 5_000;
/** While the org works on some of an import, the next ones are filled; there is room left for jobs of others. */
const jobsAtOnce = 3;

type Row = typeof importRun.$inferSelect;

/** One turn for each import that is not over. Any number of workers may take turns. */
export async function turnImports(db: Database): Promise<void> {
  const runs = await db.execute<{ id: string }>(sql`
    select id from import_run r
    where state in ('running', 'paused') or (state = 'cancelled' and exists (
      select from import_record i where i.import_id = r.id and i.released_at is not null and i.ended_as is null))
    order by id`);
  for (const { id } of runs.rows) await turnImport(db, Number(id));
}

export async function turnImport(db: Database, id: number): Promise<void> {
  await transact(db, (tx) => turn(tx, id));
}

/** The lock leaves room for what arrives: the inbox only holds the run against being closed. */
async function turn(tx: Queryable, id: number): Promise<void> {
  const [run] = await tx
    .select()
    .from(importRun)
    .where(eq(importRun.id, id))
    .for("no key update", { skipLocked: true });
  if (!run) return;
  const closed = run.closedAt !== null || (await closeIfAllCame(tx, run));
  if (run.state !== "running") {
    await takeFromJobs(tx, id);
    await noteEnds(tx, id);
    await takeBack(tx, id);
    return;
  }
  await noteEnds(tx, id);
  const left = run.approvedAt === null ? await leftOfCanary(tx, id) : await leftOf(tx, run, fewLeft + 1);
  if (closed && !left.isHeld && !left.isGoing && !(await isArriving(tx, run))) return end(tx, run);
  const made = run.approvedAt === null ? await feedCanary(tx, run, left) : await feed(tx, run, left);
  if (made > 0) await wakeWorkers(tx, run.connectionId);
}

/** Each slice may begin jobs for several objects, so the next one waits while there are as many as an import may have. */
async function feed(tx: Queryable, { id, connectionId }: Row, { due, isHeld }: Left): Promise<number> {
  if (!isHeld || due > fewLeft || (await countJobs(tx, connectionId)) >= jobsAtOnce) return 0;
  return release(tx, id, sliceSize);
}

/**
 * Never more than the canary allows: whoever lets records out holds the run's lock, and counts first. It goes out in two
 * halves, so that what the first half waits for, such as the structure of a relay, can be in the second.
 */
async function feedCanary(tx: Queryable, { id, canary }: Row, left: Left): Promise<number> {
  const room = canary - left.released;
  if (room <= 0 || left.due > 0 || !left.isHeld) return 0;
  if (left.released === 0) return release(tx, id, Math.ceil(room / 2));
  const awaited = await release(tx, id, room, "awaited");
  return awaited < room ? awaited + (await release(tx, id, room - awaited)) : awaited;
}

/** Calls that came before it closed are still to be taken in, or what they named by number only is still to be asked for. */
async function isArriving(tx: Queryable, { id }: Row): Promise<boolean> {
  const found = await tx.execute(sql`
    select from payload p join import_run r on r.connection_id = p.connection_id and r.stream = p.stream
    where r.id = ${id} and p.received_at < r.closed_at
    union all
    select from named n join import_run r on r.connection_id = n.connection_id
      and r.stream = case n.family when 'order' then 'orders-in' else 'contacts-in' end
    where r.id = ${id} and n.named_at >= r.started_at and n.named_at < r.closed_at
    limit 1`);
  return found.rows.length > 0;
}

async function end(tx: Queryable, { id }: Row): Promise<void> {
  await tx.update(importRun).set({ state: "done", endedAt: new Date() }).where(eq(importRun.id, id));
}

/** S-360's queue is empty when two of its runs in a row have brought nothing. */
async function closeIfAllCame(tx: Queryable, run: Row): Promise<boolean> {
  if (run.expected === null || run.state !== "running") return false;
  const [found] = await tx
    .select({ settings: connection.settings })
    .from(connection)
    .where(eq(connection.id, run.connectionId));
  const quietMinutes = 2 * (found?.settings.s360.scheduleMinutes ?? 15) + 1;
  if (!(await hasCome(tx, run.id, run.expected, quietMinutes))) return false;
  // What arrives this moment is waited for, and belongs to it.
  await tx.execute(sql`select from import_run where id = ${run.id} for update`);
  await tx
    .update(importRun)
    .set({ closedAt: sql`now()` })
    .where(eq(importRun.id, run.id));
  return true;
}
