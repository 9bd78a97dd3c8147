import { and, asc, eq, sql } from "drizzle-orm";
import { apiUsage, block, stream } from "@/drizzle/schema";
import { recordStates, streams, type RecordState, type Stream } from "@/lib/core/words";
import { budgetStatus } from "@/lib/budget/status";
import { listMappings } from "@/lib/mappings/read";
import type { Queryable } from "@/lib/platform/db";
import type { BlockedStatus, CallStatus, ConnectionStatus, PublishedStatus, StreamStatus } from "./contract";
import { bulkJobStatuses } from "./status-bulk";
import { feedStatus, s360CallStatus } from "./status-way-back";
import { loadConnection } from "./load";

/** How an institution's connection is doing now, or null when there is none. */
export async function connectionStatus(db: Queryable, institution: string): Promise<ConnectionStatus | null> {
  const connection = await loadConnection(db, institution);
  if (!connection) return null;
  const { name, timeZone, org } = connection;
  return {
    institution,
    name,
    timeZone,
    org: org && { id: org.organizationId, name: org.organizationName, personAccounts: org.personAccounts },
    blocked: await blockedStatuses(db, connection.id),
    bulkJobs: await bulkJobStatuses(db, connection),
    streams: await streamStatuses(db, connection.id),
    mappings: await publishedStatuses(db, connection.id),
    calls: await callStatuses(db, connection.id),
    budget: await budgetStatus(db, connection),
    s360Calls: await s360CallStatus(db, connection, new Date()),
    feed: await feedStatus(db, connection),
  };
}

async function blockedStatuses(db: Queryable, connectionId: number): Promise<BlockedStatus[]> {
  const rows = await db
    .select({ system: block.system, until: block.until, fault: block.fault })
    .from(block)
    .where(eq(block.connectionId, connectionId))
    .orderBy(asc(block.system));
  return rows.map(({ system, until, fault: { code, sentence } }) => ({
    system,
    until: until.toISOString(),
    code,
    sentence,
  }));
}

interface CountRow extends Record<string, unknown> {
  stream: Stream;
  state: RecordState;
  number: number;
  oldest_due_seconds: number | null;
}

interface EndedRow extends Record<string, unknown> {
  stream: Stream;
  unusable: number;
  ignored: number;
}

/** What came and is not taken in yet counts as to be written. */
async function streamStatuses(db: Queryable, connectionId: number): Promise<StreamStatus[]> {
  const rows = await db.select().from(stream).where(eq(stream.connectionId, connectionId));
  const counts = await db.execute<CountRow>(sql`
    select stream, state, sum(number)::int as number,
      floor(extract(epoch from now() - min(due_at) filter (where state in ('pending', 'retrying') and due_at <= now())))::int
        as oldest_due_seconds
    from (
      select stream, state, 1 as number, due_at from record_direction where connection_id = ${connectionId}
      union all
      select stream, case when tries = 0 then 'pending' else 'retrying' end, items, received_at
      from payload where connection_id = ${connectionId}
    ) as all_records
    group by stream, state`);
  const ended = await db.execute<EndedRow>(sql`
    select stream, (count(*) filter (where outcome = 'failed'))::int as unusable,
      (count(*) filter (where outcome = 'ignored'))::int as ignored
    from event
    where connection_id = ${connectionId} and received_at > now() - interval '7 days' and outcome is not null
    group by stream`);
  return streams.map((name) => {
    const row = rows.find((candidate) => candidate.name === name);
    const mine = counts.rows.filter((count) => count.stream === name);
    const due = mine.flatMap(({ oldest_due_seconds: age }) => (age === null ? [] : [age]));
    const door = ended.rows.find((candidate) => candidate.stream === name);
    return {
      name,
      paused: row?.pausedAt ? { at: row.pausedAt.toISOString(), by: row.pausedBy } : null,
      lastReceivedAt: row?.lastReceivedAt?.toISOString() ?? null,
      lastWrittenAt: row?.lastWrittenAt?.toISOString() ?? null,
      records: countsByState(mine),
      oldestDueSeconds: due.length > 0 ? Math.max(...due) : null,
      unusableItems: door?.unusable ?? 0,
      ignoredItems: door?.ignored ?? 0,
    };
  });
}

function countsByState(rows: readonly CountRow[]): Record<RecordState, number> {
  const numberOf = (state: RecordState) => rows.find((row) => row.state === state)?.number ?? 0;
  const pairs = recordStates.map((state) => [state, numberOf(state)] as const);
  return Object.fromEntries(pairs) as Record<RecordState, number>;
}

async function publishedStatuses(db: Queryable, connectionId: number): Promise<PublishedStatus[]> {
  const mappings = await listMappings(db, connectionId);
  return mappings.map(({ name, published }) => ({
    name,
    version: published?.number ?? null,
    publishedAt: published?.at ?? null,
  }));
}

async function callStatuses(db: Queryable, connectionId: number): Promise<CallStatus[]> {
  const rows = await db
    .select({ today: apiUsage.calls })
    .from(apiUsage)
    .where(
      and(
        eq(apiUsage.connectionId, connectionId),
        eq(apiUsage.system, "salesforce"),
        sql`${apiUsage.day} = to_char(now() at time zone 'utc', 'YYYY-MM-DD')`,
      ),
    );
  return rows.map((row) => ({ system: "salesforce", ...row }));
}
