/** What a comparison found, record by record. */
import { sql, type SQL } from "drizzle-orm";
import { fatesOfFields, type ComparisonChange, type ComparisonFinding } from "@/lib/core/mapping/comparison";
import { clockTime } from "@/lib/core/moments";
import type { CanonicalValue } from "@/lib/core/side";
import type { Queryable } from "@/lib/platform/db";
import type { ComparisonNumber, ComparisonPage } from "./contract";

const pageSize = 25;

export async function storeFindings(
  db: Queryable,
  runId: number,
  findings: readonly {
    readonly position: number;
    readonly recordId: number;
    readonly finding: ComparisonFinding;
  }[],
): Promise<void> {
  if (findings.length === 0) return;
  await db.execute(sql`
    insert into comparison_record (run_id, position, record_id, found)
    select ${runId}, f.position, f.record_id, f.found::jsonb
    from unnest(
      ${sql.param(findings.map(({ position }) => position))}::int[],
      ${sql.param(findings.map(({ recordId }) => recordId))}::bigint[],
      ${sql.param(findings.map(({ finding }) => JSON.stringify(finding)))}::text[]
    ) as f (position, record_id, found)
    where exists (select from comparison_run where id = ${runId}) and exists (select from record where id = f.record_id)`);
}

/** The records behind a number of a comparison, a page at a time, from `from` on. Points in time are told by the venue's clocks. */
export async function recordsBehind(
  db: Queryable,
  run: { readonly mappingId: number; readonly runId: number },
  number: ComparisonNumber,
  from: number,
): Promise<ComparisonPage> {
  const rows = await db.execute<{
    position: number;
    record_id: string;
    key: string;
    label: string | null;
    found: ComparisonFinding;
    time_zone: string;
  }>(sql`
    select s.position, s.record_id, r.key, r.label, s.found, c.time_zone
    from comparison_record s join comparison_run run on run.id = s.run_id join record r on r.id = s.record_id
      join connection c on c.id = r.connection_id
    where s.run_id = ${run.runId} and run.mapping_id = ${run.mappingId} and s.position >= ${from} and ${behind(number)}
    order by s.position limit ${pageSize + 1}`);
  const page = rows.rows.slice(0, pageSize).map(({ position, record_id, key, label, found, time_zone }) => ({
    ...{ position, key, label },
    recordId: Number(record_id),
    ...found,
    changes: found.changes.map((change) => (change.moment ? toldBy(time_zone, change) : change)),
  }));
  return { rows: page, next: rows.rows[pageSize]?.position ?? null };
}

function toldBy(timeZone: string, { before, after, ...change }: ComparisonChange): ComparisonChange {
  const tell = (value: CanonicalValue) => (typeof value === "string" ? clockTime(value, timeZone) : value);
  return { ...change, before: tell(before), after: tell(after) };
}

function behind(number: ComparisonNumber): SQL {
  if ("fate" in number) return sql`s.found->>'fate' = ${number.fate}`;
  const { field, kind } = number;
  if (kind === "unchanged") {
    return sql`s.found->>'fate' = any(${sql.param([...fatesOfFields])}::text[])
      and not s.found->'changes' @> ${JSON.stringify([{ field }])}::jsonb`;
  }
  return sql`s.found->>'fate' <> all ('{created,adopted}') and s.found->'changes' @> ${JSON.stringify([{ field, kind }])}::jsonb`;
}
