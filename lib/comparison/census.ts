/**
 * Counting the records that a version says something else of than they were last written with, a slice at a time: it is
 * evaluated on what S-360 said, so that neither system is asked. A slice that is cut short by a crash is taken again, and
 * finds the same.
 */
import { and, eq, sql } from "drizzle-orm";
import { census, mapping, mappingVersion } from "@/drizzle/schema";
import { notWritten } from "@/lib/core/census-change";
import { FaultError } from "@/lib/core/faults";
import { kindTable } from "@/lib/core/kinds";
import { mappingDocumentSchema } from "@/lib/core/mapping/document";
import { openReprocessStates } from "@/lib/core/words";
import { transact, type Queryable } from "@/lib/platform/db";
import { breather } from "@/lib/platform/turns";
import type { Patience } from "@/lib/sync/patience";
import { lookAt } from "@/lib/sync/records";
import { resolveReferences } from "@/lib/sync/references";
import { evaluateDocument, prepareDocument, type PreparedDocument, type EngineDeps } from "./engine";
import { Pace } from "./pace";
import { endsOtherwise, unwrittenIn, type CensusedState } from "./unwritten";

const openStates = sql`${sql.param([...openReprocessStates])}::text[]`;

type Row = typeof census.$inferSelect;
type MappingRow = typeof mapping.$inferSelect;
interface Deps extends Omit<EngineDeps, "contacts"> {
  /** Wall clock after which a slice ends early. */
  readonly sliceMs?: number;
  /** With the version's expressions, from slice to slice. */
  readonly patience?: Patience;
}

/** Records of one slice, and what it may take. */
const sliceSize = 400;
const usualSliceMs = 1_000;
/** Records evaluated between two looks at the clock. */
const part = { most: 20, ms: 100 };

export interface OpenCensus {
  readonly id: number;
  readonly connectionId: number;
}

/** What is to be counted on. */
export async function openCensuses(db: Queryable): Promise<OpenCensus[]> {
  return db
    .select({ id: census.id, connectionId: mapping.connectionId })
    .from(census)
    .innerJoin(mapping, eq(mapping.id, census.mappingId))
    .where(eq(census.state, "running"))
    .orderBy(census.id);
}

/**
 * Takes the next slice. Any number of workers may ask: one of them has it. False when there is nothing (more) to do.
 * Somebody who pauses or cancels waits for the slice in hand.
 */
export async function countSlice(deps: Deps, censusId: number): Promise<boolean> {
  return transact(deps.db, async (tx) => {
    const [found] = await tx
      .select({ row: census, of: mapping })
      .from(census)
      .innerJoin(mapping, eq(mapping.id, census.mappingId))
      .where(and(eq(census.id, censusId), eq(census.state, "running")))
      .for("update", { of: census, skipLocked: true });
    if (!found) return false;
    try {
      return await takeSlice(deps, tx, found.row, found.of);
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      await end(tx, found.row, { state: "failed", sentence: error.fault.sentence });
      return false;
    }
  });
}

async function takeSlice(deps: Deps, tx: Queryable, given: Row, of: MappingRow): Promise<boolean> {
  const row = given.total === null ? await begin(tx, given, of) : given;
  const records = await nextRecords(tx, row, of);
  if (records.length === 0) {
    await end(tx, row, { state: "done" });
    return false;
  }
  const { unwritten, looked, lastId } = await look(deps, tx, row, of, records);
  await store(tx, row.id, unwritten);
  await tx
    .update(census)
    .set({
      looked: sql`${census.looked} + ${looked}`,
      changed: sql`${census.changed} + ${unwritten.length}`,
      afterId: lastId,
    })
    .where(eq(census.id, row.id));
  return true;
}

/**
 * Records that come from now on are evaluated with the version by themselves. Earlier counts are let go, for what they
 * found and nobody re-processed is found again; save that of the latest re-processing: it tells which records did not get
 * through.
 */
async function begin(tx: Queryable, row: Row, of: MappingRow): Promise<Row> {
  const rows = await tx.execute<{ total: number; until: string | null }>(sql`
    select count(*)::int as total, max(r.id) as until ${recordsOf(of)}`);
  const { total, until } = rows.rows[0] ?? { total: 0, until: null };
  await tx.execute(sql`
    delete from census c where mapping_id = ${of.id} and id < ${row.id} and not exists (
      select from reprocess r where r.census_id = c.id and (
        r.state = any(${openStates}) or r.id = (select max(id) from reprocess where mapping_id = ${of.id})))`);
  const untilId = Number(until ?? 0);
  await tx.update(census).set({ total, untilId }).where(eq(census.id, row.id));
  return { ...row, total, untilId };
}

/** What waits for a person is decided about with the version that runs then. */
function recordsOf({ connectionId, kind }: MappingRow) {
  return sql`
    from record r join record_direction d on d.record_id = r.id and d.direction = 'in'
    where r.connection_id = ${connectionId} and r.family = ${kindTable[kind].family} and r.kind = ${kind}
      and r.s360_state is not null and d.state not in ('review', 'held')`;
}

interface NextRecord {
  readonly id: number;
  /** Null: it is due by itself, and evaluated with what runs by then (lib/sync/knowledge.ts). */
  readonly state: CensusedState | null;
}

/** What a re-processing (of any mapping) made due is not on its way by itself: that may be paused or cancelled. */
async function nextRecords(tx: Queryable, { afterId, untilId }: Row, of: MappingRow): Promise<NextRecord[]> {
  const madeDue = sql`exists (
    select from census_record c join reprocess p on p.census_id = c.census_id
    where c.record_id = r.id and c.was is not null and p.state = any(${openStates}))`;
  const rows = await tx.execute<{ id: string; state: CensusedState | null }>(sql`
    select r.id, case when d.state not in ('pending', 'retrying') then d.state when ${madeDue} then 'idle' end as state
    ${recordsOf(of)} and r.id > ${afterId} and r.id <= ${untilId} order by r.id limit ${sliceSize}`);
  return rows.rows.map(({ id, state }) => ({ id: Number(id), state }));
}

interface Unwritten {
  readonly recordId: number;
  /** The fields that change, or what else does. */
  readonly changes: readonly string[];
}

interface Looked {
  readonly unwritten: readonly Unwritten[];
  readonly looked: number;
  /** The last record looked at. */
  readonly lastId: number;
}

async function look(
  deps: Deps,
  tx: Queryable,
  row: Row,
  of: MappingRow,
  records: readonly NextRecord[],
): Promise<Looked> {
  const version = await versionOf(deps, tx, row, of);
  const endsAt = performance.now() + (deps.sliceMs ?? usualSliceMs);
  const breathe = breather();
  const pace = new Pace(part.most, part.ms);
  const unwritten: Unwritten[] = [];
  let looked = 0;
  while (looked < records.length && performance.now() < endsAt) {
    const startedAt = performance.now();
    const next = records.slice(looked, looked + pace.next);
    unwritten.push(...(await unwrittenOf(deps, version, of, next, breathe)));
    looked += next.length;
    pace.took(next.length, performance.now() - startedAt);
  }
  return { unwritten, looked, lastId: records[looked - 1]?.id ?? row.afterId };
}

async function unwrittenOf(
  deps: Deps,
  version: PreparedDocument,
  { id: mappingId, connectionId }: MappingRow,
  next: readonly NextRecord[],
  breathe: () => Promise<void>,
): Promise<Unwritten[]> {
  const states = new Map(next.flatMap(({ id, state }) => (state === null ? [] : [[id, state] as const])));
  const records = await lookAt(deps.db, [...states.keys()]);
  const { works, ended } = await evaluateDocument(deps, version, records, breathe);
  const resolved = await resolveReferences(deps, connectionId, works, version.prepared.writtenAs);
  const others = [...ended, ...resolved.ended].filter((result) =>
    endsOtherwise(result, states.get(result.record.id) ?? "idle", mappingId),
  );
  return [
    ...resolved.works.map((work) => ({ recordId: work.record.id, changes: unwrittenIn(work) })),
    ...others.map(({ record }) => ({ recordId: record.id, changes: [notWritten] })),
  ].filter(({ changes }) => changes.length > 0);
}

/** The version that is counted for, made ready for the org. */
async function versionOf(
  deps: Deps,
  tx: Queryable,
  { versionId }: Row,
  of: MappingRow,
): Promise<PreparedDocument> {
  const [row] = await tx
    .select({ document: mappingVersion.document })
    .from(mappingVersion)
    .where(eq(mappingVersion.id, versionId));
  const { id: mappingId, name, kind } = of;
  const document = mappingDocumentSchema.parse(row?.document);
  const version = await prepareDocument(deps, { mappingId, versionId, name, kind }, document, deps.patience);
  if (version.prepared.ready.length === 0)
    throw new FaultError({ code: "field_missing", sentence: noObject });
  return version;
}

const noObject =
  "Salesforce was not asked for the object of this mapping yet, or does not show it. Press Ask Salesforce now, above the lines; then count again.";

/** Records that were erased since they were looked at are left out. */
async function store(tx: Queryable, censusId: number, unwritten: readonly Unwritten[]): Promise<void> {
  if (unwritten.length === 0) return;
  await tx.execute(sql`
    insert into census_record (census_id, record_id, changes)
    select ${censusId}, r.id, array(select jsonb_array_elements_text(f.changes::jsonb))
    from unnest(
      ${sql.param(unwritten.map(({ recordId }) => recordId))}::bigint[],
      ${sql.param(unwritten.map(({ changes }) => JSON.stringify(changes)))}::text[]
    ) as f (record_id, changes) join record r on r.id = f.record_id for key share of r
    on conflict do nothing`);
}

async function end(tx: Queryable, { id }: Row, how: Partial<Row>): Promise<void> {
  await tx
    .update(census)
    .set({ ...how, endedAt: sql`now()` })
    .where(eq(census.id, id));
}
