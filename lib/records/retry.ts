/** Trying again because a person said so. Only marks records as due; workers do the writing. */
import { sql, type SQL } from "drizzle-orm";
import { auditLog } from "@/drizzle/schema";
import { lanes, type Lane, type Stream } from "@/lib/core/words";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { retryableStates, type RecordFilter, type RetryableState, type RetryResult } from "./contract";
import { conditions, familiesOf } from "./match";

/**
 * Makes a record due now, in its lane and as if never tried; an order stands for its operations. A lease does not
 * stand in the way: marking writes nothing outward, and claiming waits for the lease to end. When the running attempt
 * settles after the mark, what it found is newer than the mark and counts.
 */
export async function retryRecord(
  db: Database,
  recordId: number,
  actor: string,
): Promise<RetryResult | null> {
  return transact(db, async (tx) => {
    const found = await tx.execute<{
      connection_id: string;
      family: string;
      key: string;
      running: boolean;
    }>(sql`
      select connection_id, family, key, coalesce(lease_until > now(), false) as running
      from record where id = ${recordId}`);
    const record = found.rows[0];
    if (!record) return null;
    const connectionId = Number(record.connection_id);
    const ids = sql`select id from record where id = ${recordId} or parent_id = ${recordId}`;
    const records = await makeDue(tx, { connectionId, ids, states: retryableStates });
    if (records === 0) return { outcome: "nothing-to-try", sentence: nothingToTry };
    await note(tx, connectionId, actor, "record tried again", `${record.family} ${record.key}`);
    return { outcome: "due", records, running: record.running };
  });
}

const nothingToTry =
  "Nothing to try again: the record is in step, due already, or in review, where a person must decide first.";

export interface RetryFilter extends Omit<RecordFilter, "state"> {
  readonly connectionId: number;
  readonly state: RetryableState;
}

/** How many records "Try all again" would make due. */
export async function countRetryable(db: Queryable, filter: RetryFilter): Promise<number> {
  const rows = await db.execute<{ number: number }>(sql`
    select count(*)::int as number from record_direction d
    where d.connection_id = ${filter.connectionId} and d.state = ${filter.state} and ${ofStream(filter.stream)}
      and d.record_id in (${idsOf(filter)})`);
  return rows.rows[0]?.number ?? 0;
}

/** Makes all records of a filter due, behind live traffic. Returns how many. */
export async function retryAll(db: Database, filter: RetryFilter, actor: string): Promise<number> {
  return transact(db, async (tx) => {
    const { connectionId, state, stream, kind, q, imported, run, census } = filter;
    const released = await makeDue(tx, {
      connectionId,
      ids: idsOf(filter),
      states: [state],
      stream,
      lane: lanes.replay,
    });
    // What was typed may name a person; the log says only that something was.
    const found = q ? "found by a search" : undefined;
    const ofImport = imported ? "of an import" : undefined;
    const ofRun = run ? "not through re-processing" : undefined;
    const ofCensus = census ? "with a changed result" : undefined;
    const scope = [state, stream, kind, found, ofImport, ofRun, ofCensus].filter(
      (word) => word !== undefined,
    );
    if (released > 0)
      await note(tx, connectionId, actor, "records tried again", `${released} ${scope.join(", ")}`);
    return released;
  });
}

/** Orders stand for their operations. */
function idsOf(filter: RetryFilter): SQL {
  const found = sql`
    select r.id from record r
    where r.connection_id = ${filter.connectionId}
      and r.family = any(${sql.param([...familiesOf(filter)])}::text[])
      ${conditions(filter.connectionId, filter)}`;
  return filter.kind === "order" ? sql`select c.id from record c where c.parent_id in (${found})` : found;
}

function ofStream(stream: Stream | undefined): SQL {
  return stream ? sql`d.stream = ${stream}` : sql`true`;
}

async function makeDue(
  tx: Queryable,
  input: {
    readonly connectionId: number;
    readonly ids: SQL;
    readonly states: readonly RetryableState[];
    /** Both directions when undefined. */
    readonly stream?: Stream;
    /** Left as it is when undefined. */
    readonly lane?: Lane;
  },
): Promise<number> {
  const made = await tx.execute(sql`
    update record_direction d
    set state = 'pending', due_at = now(), attempts = 0, fault = null, changed_at = now()
      ${input.lane === undefined ? sql`` : sql`, lane = ${input.lane}`}
    where d.connection_id = ${input.connectionId} and d.record_id in (${input.ids}) and ${ofStream(input.stream)}
      and d.state = any(${sql.param([...input.states])}::text[])`);
  const records = made.rowCount ?? 0;
  if (records > 0) await tx.execute(sql`select pg_notify('work', ${String(input.connectionId)})`);
  return records;
}

async function note(
  tx: Queryable,
  connectionId: number,
  actor: string,
  action: string,
  subject: string,
): Promise<void> {
  await tx.insert(auditLog).values({ connectionId, actor, action, subject });
}
