/**
 * Counting the records whose result a version changes, a slice at a time: both versions are evaluated on what S-360 said,
 * so that neither system is asked. A slice that is cut short by a crash is taken again, and finds the same.
 */
import { and, eq, inArray, sql } from "drizzle-orm";
import { census, mapping, mappingVersion } from "@/drizzle/schema";
import { FaultError } from "@/lib/core/faults";
import { kindTable } from "@/lib/core/kinds";
import { mappingDocumentSchema, type ValueMapEntries } from "@/lib/core/mapping/document";
import { transact, type Queryable } from "@/lib/platform/db";
import { breather } from "@/lib/platform/turns";
import { lookAt } from "@/lib/sync/records";
import { changesResult, resultsOf } from "./changed-result";
import { evaluateTrial, prepareTrial, type Trial, type TrialDeps } from "./engine";

type Row = typeof census.$inferSelect;
type MappingRow = typeof mapping.$inferSelect;
interface Deps extends Omit<TrialDeps, "contacts"> {
  /** Wall clock after which a slice ends early. */
  readonly sliceMs?: number;
}

/** Records of one slice, and what it may take. */
const sliceSize = 400;
const usualSliceMs = 1_000;
/** Records evaluated between two looks at the clock. */
const partSize = 20;

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
  const ids = row.against.length > 0 || row.mapBefore ? await nextRecords(tx, row, of) : [];
  const last = ids.at(-1);
  if (last === undefined) {
    await end(tx, row, { state: "done" });
    return false;
  }
  const { changed, looked, lastId } = await compare(deps, tx, row, of, ids);
  await store(tx, row.id, changed);
  await tx
    .update(census)
    .set({
      looked: sql`${census.looked} + ${looked}`,
      changed: sql`${census.changed} + ${changed.length}`,
      afterId: lastId,
    })
    .where(eq(census.id, row.id));
  return true;
}

/**
 * Records that come from now on are evaluated with the new version by themselves. Earlier counts are let go, save that of
 * the latest re-processing: it tells which records did not get through.
 */
async function begin(tx: Queryable, row: Row, of: MappingRow): Promise<Row> {
  const rows = await tx.execute<{ total: number; until: string | null }>(sql`
    select count(*)::int as total, max(r.id) as until ${recordsOf(of)}`);
  const { total, until } = rows.rows[0] ?? { total: 0, until: null };
  await tx.execute(sql`
    delete from census c where mapping_id = ${of.id} and id < ${row.id} and not exists (
      select from reprocess r where r.census_id = c.id and (
        r.state in ('running', 'paused') or r.id = (select max(id) from reprocess where mapping_id = ${of.id})))`);
  const untilId = Number(until ?? 0);
  await tx.update(census).set({ total, untilId }).where(eq(census.id, row.id));
  return { ...row, total, untilId };
}

/** What waits for a person is decided about with the version that runs then. */
function recordsOf({ connectionId, kind }: MappingRow) {
  return sql`
    from record r join record_direction d on d.record_id = r.id and d.direction = 'in'
    where r.connection_id = ${connectionId} and r.family = ${kindTable[kind].family} and r.kind = ${kind}
      and r.s360_state is not null and d.state <> 'review'`;
}

async function nextRecords(tx: Queryable, { afterId, untilId }: Row, of: MappingRow): Promise<number[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select r.id ${recordsOf(of)} and r.id > ${afterId} and r.id <= ${untilId} order by r.id limit ${sliceSize}`);
  return rows.rows.map(({ id }) => Number(id));
}

interface Compared {
  readonly changed: readonly number[];
  readonly looked: number;
  /** The last record looked at. */
  readonly lastId: number;
}

async function compare(
  deps: Deps,
  tx: Queryable,
  row: Row,
  of: MappingRow,
  ids: readonly number[],
): Promise<Compared> {
  const [now, ...earlier] = await trialsOf(deps, tx, row, of);
  if (!now) throw new Error("the version that is counted for is gone");
  const endsAt = performance.now() + (deps.sliceMs ?? usualSliceMs);
  const breathe = breather();
  const changed: number[] = [];
  let looked = 0;
  let lastId = row.afterId;
  for (let from = 0; from < ids.length && performance.now() < endsAt; from += partSize) {
    const part = ids.slice(from, from + partSize);
    const records = await lookAt(deps.db, part);
    const results = resultsOf(await evaluateTrial(deps, now, records, breathe));
    const different = new Set<number>();
    for (const trial of earlier) {
      const open = records.filter(({ id }) => !different.has(id));
      const before = resultsOf(await evaluateTrial(deps, trial, open, breathe));
      for (const { id } of open) if (changesResult(results.get(id), before.get(id))) different.add(id);
    }
    changed.push(...different);
    looked += part.length;
    lastId = part.at(-1) ?? lastId;
  }
  return { changed, looked, lastId };
}

/**
 * The version that is counted for, then those it is compared with; all made ready for the org. Value maps are not kept
 * version by version: where one was changed, what ran before is known with it as it was.
 */
async function trialsOf(deps: Deps, tx: Queryable, row: Row, of: MappingRow): Promise<Trial[]> {
  const ids = [row.versionId, ...row.against];
  const versions = await tx
    .select({ id: mappingVersion.id, document: mappingVersion.document })
    .from(mappingVersion)
    .where(inArray(mappingVersion.id, ids));
  const documents = new Map(versions.map(({ id, document }) => [id, document]));
  const { id: mappingId, name, kind } = of;
  const trials: Trial[] = [];
  const before = (row.mapBefore?.entries ?? []).map((entries) => withMap(deps, row.mapBefore?.name, entries));
  const earlier = row.against.map((versionId) => ({ versionId, as: before[0] ?? deps }));
  const same = [deps, ...before].map((as) => ({ versionId: row.versionId, as }));
  for (const { versionId, as } of [...same, ...earlier]) {
    const document = mappingDocumentSchema.parse(documents.get(versionId));
    const trial = await prepareTrial(as, { mappingId, versionId, name, kind }, document);
    if (trial.prepared.ready.length === 0)
      throw new FaultError({ code: "field_missing", sentence: noObject });
    trials.push(trial);
  }
  return trials;
}

function withMap(deps: Deps, name: string | undefined, entries: ValueMapEntries): Deps {
  if (name === undefined) return deps;
  const valueMaps = { ...deps.published.valueMaps, [name]: entries };
  return { ...deps, published: { ...deps.published, valueMaps } };
}

const noObject =
  "Salesforce was not asked for the object of this mapping yet, or does not show it. Press Ask Salesforce now, above the lines; then count again.";

/** Records that were erased since they were looked at are left out. */
async function store(tx: Queryable, censusId: number, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.execute(sql`
    insert into census_record (census_id, record_id)
    select ${censusId}, r.id from record r where r.id = any(${sql.param([...ids])}::bigint[]) for key share
    on conflict do nothing`);
}

async function end(tx: Queryable, { id }: Row, how: Partial<Row>): Promise<void> {
  await tx
    .update(census)
    .set({ ...how, endedAt: sql`now()` })
    .where(eq(census.id, id));
}
