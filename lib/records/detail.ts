import { sql } from "drizzle-orm";
import { isUnknownToS360 } from "@/lib/core/anonymised";
import { bulkJobUrl } from "@/lib/core/bulk";
import type { Fault } from "@/lib/core/faults";
import {
  statesByGravity,
  type Direction,
  type Family,
  type Kind,
  type RecordState,
  type Stream,
} from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import type { DirectionStatus, LinkStatus, RecordDetail, Standstill } from "./contract";
import { anonymisedBy, anonymisedColumns, type AnonymisedRow } from "./anonymised";
import { isTroubled } from "./fate";
import { mention } from "./mentions";
import { recordUrl } from "./record-url";

interface HeadRow extends Record<string, unknown>, AnonymisedRow {
  connection_id: string;
  institution: string;
  login_url: string;
  family: Family;
  key: string;
  kind: Kind | null;
  label: string | null;
  created_at: string;
  updated_at: string;
  parent_id: string | null;
  being_written: boolean;
  s360_state: Record<string, unknown> | null;
  review_id: string | null;
  anonymous: RecordDetail["anonymous"];
}

/** Everything a record's page says besides its timeline and field comparison, or null when there is no such record. */
export async function recordDetail(db: Queryable, id: number): Promise<RecordDetail | null> {
  const heads = await db.execute<HeadRow>(sql`
    select r.connection_id, c.institution, c.settings->'salesforce'->>'loginUrl' as login_url,
      r.family, r.key, r.kind, r.label, r.created_at, r.updated_at, r.parent_id, r.s360_state, ${anonymisedColumns},
      coalesce(r.lease_until > now(), false) as being_written,
      greatest(
        (select max(v.id) from review v where v.record_id = r.id and v.state <> 'closed'),
        (select max(v.id) from review_record rr join review v on v.id = rr.review_id
          where rr.record_id = r.id and v.state <> 'closed')) as review_id,
      case when r.family = 'operation' and o.s360_state is not null and coalesce(o.s360_state->>'contactReference', '') = ''
        then coalesce(c.settings#>>'{sales,anonymous}', 'unlinked') end as anonymous
    from record r join connection c on c.id = r.connection_id
    left join record o on o.id = r.parent_id
    where r.id = ${id}`);
  const head = heads.rows[0];
  if (!head) return null;
  const directions = await readDirections(db, id);
  const children = await mention(db, sql`select id from record where parent_id = ${id}`);
  const parents = await mention(db, sql`select ${head.parent_id}::bigint`);
  const states = [...directions, ...children.records].map(({ state }) => state);
  return {
    id,
    connectionId: Number(head.connection_id),
    institution: head.institution,
    family: head.family,
    key: head.key,
    kind: head.kind,
    label: head.label,
    createdAt: iso(head.created_at),
    updatedAt: iso(head.updated_at),
    state: statesByGravity.find((state) => states.includes(state)) ?? null,
    beingWritten: head.being_written,
    bulkJob: await readBulkJob(db, id, head.login_url),
    directions,
    reviewId: head.review_id === null ? null : Number(head.review_id),
    links: await readLinks(db, id, head.login_url),
    mergedInto: (await mention(db, othersOfRecord(id, { head: true }))).records[0] ?? null,
    mergedInS360: await readMerged(db, id),
    formerNumbers: await mention(db, sql`select record_id from merged_contact where head_id = ${id}`),
    secondNumbers: await mention(db, othersOfRecord(id, { head: false })),
    waitsFor: await mention(db, awaitedBy(id)),
    awaitedBy: await mention(db, waitingFor(id)),
    linkedLater: await mention(db, awaitedBy(id, "idle")),
    anonymous: head.anonymous,
    anonymised: anonymisedBy(head)?.rule ?? null,
    unknownToS360: isUnknownToS360(head.s360_state ?? {}),
    parent: parents.records[0] ?? null,
    children,
    sourceState: head.s360_state,
  };
}

async function readMerged(db: Queryable, id: number): Promise<RecordDetail["mergedInS360"]> {
  const rows = await db.execute<{ by: string; at: string }>(sql`
    select said_by as by, said_at as at from merged_contact where record_id = ${id}`);
  const heads = await mention(db, sql`select head_id from merged_contact where record_id = ${id}`);
  const [said] = rows.rows;
  const [into] = heads.records;
  return said && into ? { into, by: said.by, at: iso(said.at) } : null;
}

/** Other numbers of a record's Salesforce records: the one that is written, or those that were merged into it. */
function othersOfRecord(id: number, { head }: { readonly head: boolean }) {
  return sql`
    select other.record_id from link own
    join link other on other.connection_id = own.connection_id and other.mapping_id = own.mapping_id
      and other.salesforce_id = own.salesforce_id
    where own.record_id = ${id} and other.record_id <> own.record_id and own.head <> ${head} and other.head = ${head}`;
}

/** Rows outlive the waiting until the next settling, so they count only while the state says so. */
function awaitedBy(id: number, state: "waiting" | "idle" = "waiting") {
  return sql`
    select w.awaited_id from waiting w join record_direction d on d.record_id = w.record_id and d.state = ${state}
    where w.record_id = ${id}`;
}

function waitingFor(id: number) {
  return sql`
    select w.record_id from waiting w join record_direction d on d.record_id = w.record_id and d.state = 'waiting'
    where w.awaited_id = ${id}`;
}

interface DirectionRow extends Record<string, unknown> {
  direction: Direction;
  stream: Stream;
  state: RecordState;
  fault: Fault | null;
  due_at: string;
  attempts: number;
  version: number;
  synced_version: number;
  written_at: string | null;
  changed_at: string;
  paused_at: string | null;
  blocked_until: string | null;
  blocked_by: Fault | null;
}

async function readBulkJob(db: Queryable, id: number, loginUrl: string): Promise<RecordDetail["bulkJob"]> {
  const rows = await db.execute<{ since: string; salesforce_id: string | null }>(sql`
    select j.created_at as since, j.salesforce_id
    from bulk_row b join bulk_job j on j.id = b.job_id join record r on r.id = b.record_id
    where b.record_id = ${id} and r.lease_token = j.lease_token`);
  const [job] = rows.rows;
  if (!job) return null;
  const url = job.salesforce_id === null ? null : bulkJobUrl(loginUrl, job.salesforce_id);
  return { since: iso(job.since), url };
}

async function readDirections(db: Queryable, id: number): Promise<DirectionStatus[]> {
  const rows = await db.execute<DirectionRow>(sql`
    select d.direction, d.stream, d.state, d.fault, d.due_at, d.attempts, d.version, d.synced_version, d.written_at,
      d.changed_at, s.paused_at, b.until as blocked_until, b.fault as blocked_by
    from record_direction d
    left join stream s on s.connection_id = d.connection_id and s.name = d.stream
    left join block b on b.connection_id = d.connection_id and b.until > now()
      and b.system = case d.direction when 'in' then 'salesforce' else 's360' end
    where d.record_id = ${id} order by d.direction`);
  return rows.rows.map((row) => ({
    direction: row.direction,
    stream: row.stream,
    state: row.state,
    fault: isTroubled(row.state) ? row.fault : null,
    dueAt: row.state === "pending" || row.state === "retrying" ? iso(row.due_at) : null,
    attempts: row.attempts,
    version: row.version,
    syncedVersion: row.synced_version,
    writtenAt: row.written_at === null ? null : iso(row.written_at),
    changedAt: iso(row.changed_at),
    standstill: standstillOf(row),
  }));
}

function standstillOf({ paused_at, blocked_until: until, blocked_by: by }: DirectionRow): Standstill {
  return {
    pausedAt: paused_at === null ? null : iso(paused_at),
    blocked: until !== null && by ? { until: iso(until), sentence: by.sentence } : null,
  };
}

interface LinkRow extends Record<string, unknown> {
  mapping_id: string;
  mapping_name: string;
  object: string;
  salesforce_id: string;
  updated_at: string;
  gone_at: string | null;
  head: boolean;
}

async function readLinks(db: Queryable, id: number, loginUrl: string): Promise<LinkStatus[]> {
  const rows = await db.execute<LinkRow>(sql`
    select l.mapping_id, m.name as mapping_name, l.object, l.salesforce_id, l.updated_at, l.gone_at, l.head
    from link l join mapping m on m.id = l.mapping_id
    where l.record_id = ${id} order by l.id`);
  return rows.rows.map((row) => ({
    mappingId: Number(row.mapping_id),
    mappingName: row.mapping_name,
    object: row.object,
    salesforceId: row.salesforce_id,
    url: recordUrl(loginUrl, row.object, row.salesforce_id),
    writtenAt: iso(row.updated_at),
    goneAt: row.gone_at === null ? null : iso(row.gone_at),
    alias: !row.head,
  }));
}

/** Drivers give times as text in raw queries. */
function iso(time: string | Date): string {
  return new Date(time).toISOString();
}
