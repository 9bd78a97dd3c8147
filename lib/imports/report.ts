/** What became of an import: by outcome and by fault, how long it took, and what is not in Salesforce and why. */
import { sql, type SQL } from "drizzle-orm";
import { troubledEnds } from "@/lib/core/imports/words";
import type { Queryable } from "@/lib/platform/db";
import type { RecordRow } from "@/lib/records/record-row";
import type { FaultCount, ImportReport, ImportStatus, NotWritten } from "./contract";
import { readImport, standsAs } from "./status";

const shown = 50;

/** Null: there is no such import. */
export async function readReport(
  db: Queryable,
  id: number,
  { most = shown }: { readonly most?: number } = {},
): Promise<ImportReport | null> {
  const run = await readImport(db, id);
  if (!run) return null;
  const { held, ends, records } = run.counts;
  const until = run.endedAt === null ? Date.now() : Date.parse(run.endedAt);
  const minutes = (until - Date.parse(run.startedAt)) / 60_000;
  const through = records - held - run.counts.going - ends.live;
  return {
    run,
    minutes,
    perMinute: minutes > 0 ? through / minutes : null,
    faults: await faultsOf(db, id),
    notWritten: await notWrittenOf(db, run, most),
    notWrittenTotal: held + ends.ignored + troubledEnds.reduce((sum, end) => sum + ends[end], 0),
  };
}

async function faultsOf(db: Queryable, id: number): Promise<FaultCount[]> {
  const rows = await db.execute<FaultCount & Record<string, unknown>>(sql`
    select d.fault->>'code' as code, count(*)::int as number, min(d.fault->>'sentence') as sentence
    from import_record i join record_direction d on d.record_id = i.record_id and d.direction = 'in'
    where i.import_id = ${id} and i.ended_as in ('waiting', 'failed', 'review') and ${isTroubledNow} and d.fault is not null
    group by 1 order by 2 desc, 1`);
  return rows.rows.map(({ code, number, sentence }) => ({ code, number, sentence }));
}

const isTroubledNow: SQL = sql`${standsAs} in ('waiting', 'failed', 'review')`;

interface Row extends RecordRow {
  held: boolean;
}

/** What a person can mend first, then what was not come to. */
async function notWrittenOf(db: Queryable, run: ImportStatus, most: number): Promise<NotWritten[]> {
  const rows = await db.execute<Row>(sql`
    select r.id, r.family, r.key, r.kind, r.label, d.state, d.fault, i.ended_as is null as held
    from import_record i
    join record r on r.id = i.record_id
    join record_direction d on d.record_id = i.record_id and d.direction = 'in'
    where i.import_id = ${run.id} and i.written
      and ((i.ended_as is null and i.released_at is null and d.state = 'held')
        or (i.ended_as is not null and ${standsAs} in ('waiting', 'failed', 'review', 'ignored')))
    order by i.ended_as is null, i.ended_as, i.record_id limit ${most}`);
  return rows.rows.map(({ id, family, key, kind, label, state, fault, held }) => ({
    ...{ id: Number(id), family, key, kind, label, state, fault },
    why: fault?.sentence ?? (held ? heldBecause(run) : "A rule or the mapping says that nothing is written."),
  }));
}

function heldBecause({ state, approvedAt }: ImportStatus): string {
  if (state === "cancelled")
    return "Stored, and not written: the import was cancelled before its turn. It is written after all once somebody says so on the Import page, or once S-360 tells something new of it.";
  return approvedAt === null
    ? "Stored, and not written yet: the first records wait for somebody to approve them."
    : "Stored, and not written yet: its turn comes.";
}
