/** Naming the records beside a record: its order, its operations, what it waits for, who waits for it. */
import { sql, type SQL } from "drizzle-orm";
import type { Queryable } from "@/lib/platform/db";
import type { Mentions, RecordMention } from "./contract";
import { gravityOf, isTroubled } from "./fate";
import type { RecordRow } from "./record-row";

/** More than this is told as a number. */
const mentionsShown = 50;

interface MentionRow extends RecordRow {
  total: number;
}

/** The records whose ids the sub-query gives, in the order of their keys. */
export async function mention(db: Queryable, ids: SQL): Promise<Mentions> {
  const rows = await db.execute<MentionRow>(sql`
    with named as materialized (select id from record where id in (${ids})),
    shown as materialized (
      select r.id, r.family, r.key, r.kind, r.label from record r join named on named.id = r.id
      order by r.family, length(r.key), r.key limit ${mentionsShown}
    )
    select s.*, (select count(*)::int from named) as total, worst.state, worst.fault
    from shown s
    left join lateral (
      select d.state, d.fault from record_direction d
      where d.record_id = any(
        case when s.family = 'order' then array(select c.id from record c where c.parent_id = s.id) else array[s.id] end)
      order by ${gravityOf(sql`d.state`)} limit 1
    ) worst on true
    order by s.family, length(s.key), s.key`);
  return { records: rows.rows.map(toMention), total: rows.rows[0]?.total ?? 0 };
}

function toMention({ id, family, key, kind, label, state, fault }: MentionRow): RecordMention {
  return { id: Number(id), family, key, kind, label, state, fault: isTroubled(state) ? fault : null };
}
