/** The first records of an import, with what was written of them: for a person to look at before the others follow. */
import { sql } from "drizzle-orm";
import type { AttemptOutcome } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import { isTroubled } from "@/lib/records/fate";
import type { RecordRow } from "@/lib/records/record-row";
import { recordUrl } from "@/lib/records/record-url";
import { changesOf } from "@/lib/records/timeline";
import type { Canary, CanaryRecord } from "./contract";

/** Nobody looks at more. */
const mostShown = 200;

interface Row extends RecordRow {
  login_url: string;
  links: { object: string; salesforceId: string }[] | null;
  attempts:
    | {
        id: number;
        outcome: AttemptOutcome;
        object: string | null;
        before: Record<string, unknown> | null;
        after: Record<string, unknown> | null;
      }[]
    | null;
  review_id: string | null;
}

/** In the order in which they came. Null: there is no such import. */
export async function readCanary(db: Queryable, importId: number): Promise<Canary | null> {
  const runs = await db.execute<{ connection_id: string }>(sql`
    select connection_id from import_run where id = ${importId}`);
  const connectionId = runs.rows[0]?.connection_id;
  if (connectionId === undefined) return null;
  const rows = await db.execute<Row>(sql`
    select r.id, r.family, r.key, r.kind, r.label, d.state, d.fault, c.settings->'salesforce'->>'loginUrl' as login_url,
      (select jsonb_agg(jsonb_build_object('object', l.object, 'salesforceId', l.salesforce_id) order by l.id)
        from link l where l.record_id = r.id) as links,
      (select jsonb_agg(jsonb_build_object('id', a.id, 'outcome', a.outcome, 'object', a.object, 'before', a.before, 'after', a.after) order by a.id desc)
        from (select * from attempt a where a.record_id = r.id and a.direction = 'in' and a.at >= i.released_at
          order by a.id desc limit 3) a) as attempts,
      (select v.id from review v where v.record_id = r.id and v.state <> 'closed' order by v.id desc limit 1) as review_id
    from (
      select record_id, released_at from import_record
      where import_id = ${importId} and written and not known and released_at is not null
      order by released_at, record_id limit ${mostShown}
    ) i
    join record r on r.id = i.record_id
    join connection c on c.id = r.connection_id
    left join record_direction d on d.record_id = r.id and d.direction = 'in'
    order by i.released_at, r.id`);
  const records = rows.rows.map(toRecord);
  const objects = [
    ...new Set(records.flatMap(({ attempts }) => attempts.flatMap(({ object }) => object ?? []))),
  ];
  return { records, labels: await readLabels(db, Number(connectionId), objects) };
}

function toRecord(row: Row): CanaryRecord {
  const { family, key, kind, label, state, fault, login_url: loginUrl, review_id: reviewId } = row;
  return {
    ...{ id: Number(row.id), family, key, kind, label, state },
    fault: isTroubled(state) ? fault : null,
    links: (row.links ?? []).map((link) => ({
      ...link,
      url: recordUrl(loginUrl, link.object, link.salesforceId),
    })),
    attempts: (row.attempts ?? []).map(({ id, outcome, object, before, after }) => ({
      ...{ id, outcome, object },
      changes: changesOf(before ?? {}, after ?? {}),
    })),
    reviewId: reviewId === null ? null : Number(reviewId),
  };
}

async function readLabels(
  db: Queryable,
  connectionId: number,
  objects: readonly string[],
): Promise<Record<string, string>> {
  const rows = await db.execute<{ object: string; name: string; label: string }>(sql`
    select o.object, f->>'name' as name, f->>'label' as label
    from org_object o, jsonb_array_elements(o.describe->'fields') as f
    where o.connection_id = ${connectionId} and o.object = any(${sql.param([...objects])}::text[])`);
  return Object.fromEntries(rows.rows.map(({ object, name, label }) => [`${object}.${name}`, label]));
}
