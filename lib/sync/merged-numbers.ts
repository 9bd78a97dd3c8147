/** Numbers that S-360 merged into others, as a person said: what refers to them means the one that is written. */
import { sql } from "drizzle-orm";
import type { Database, Queryable } from "@/lib/platform/db";
import type { LinkWork, RecordName } from "./work";

/** The works with the numbers that are written in the place of those that were merged into them. */
export async function followMerged(
  db: Database,
  connectionId: number,
  works: readonly LinkWork[],
): Promise<readonly LinkWork[]> {
  const keys = works.flatMap(({ awaits }) =>
    [...awaits.values()].flatMap(({ family, key }) => (family === "contact" ? [key] : [])),
  );
  const heads = await headsOf(db, connectionId, [...new Set(keys)]);
  if (heads.size === 0) return works;
  const headOf = (name: RecordName): RecordName => {
    const head = name.family === "contact" ? heads.get(name.key) : undefined;
    return head === undefined ? name : { ...name, key: head };
  };
  return works.map((work) => ({
    ...work,
    awaits: new Map([...work.awaits].map(([target, name]) => [target, headOf(name)])),
  }));
}

async function headsOf(
  db: Database,
  connectionId: number,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await db.execute<{ key: string; head: string }>(sql`
    select r.key, h.key as head
    from merged_contact m join record r on r.id = m.record_id join record h on h.id = m.head_id
    where r.connection_id = ${connectionId} and r.family = 'contact' and r.key = any(${sql.param([...keys])}::text[])`);
  return new Map(rows.rows.map(({ key, head }) => [key, head]));
}

/**
 * Two numbers that S-360 merged may be one record in Salesforce that belongs to the one that went: nobody would write it.
 * The number that stayed takes it over, as it is agreed on, and the other becomes its alias. To be called whenever one of
 * these records was said to be merged, or has become an alias.
 */
export async function giveToHeads(tx: Queryable, recordIds: readonly number[]): Promise<void> {
  if (recordIds.length === 0) return;
  const ids = sql.param([...recordIds]);
  const given = await tx.execute<{ went: string; stays: string; record_id: string }>(sql`
    select n.id as went, a.id as stays, a.record_id
    from merged_contact m
    join link n on n.record_id = m.record_id and n.head
    join link a on a.record_id = m.head_id and not a.head
      and a.connection_id = n.connection_id and a.mapping_id = n.mapping_id and a.salesforce_id = n.salesforce_id
    where m.record_id = any(${ids}::bigint[]) or m.head_id = any(${ids}::bigint[])`);
  if (given.rows.length === 0) return;
  const went = sql.param(given.rows.map((row) => row.went));
  await tx.execute(sql`update link set head = false, updated_at = now() where id = any(${went}::bigint[])`);
  await tx.execute(sql`
    update link a set head = true, key = n.key, base = n.base, stored = n.stored, traces = n.traces, held = n.held,
      gone_at = n.gone_at, fate_at = n.fate_at, updated_at = now()
    from unnest(${went}::bigint[], ${sql.param(given.rows.map(({ stays }) => stays))}::bigint[]) as g (went, stays)
    join link n on n.id = g.went
    where a.id = g.stays`);
  await tx.execute(sql`
    update record_direction set state = 'pending', due_at = now(), attempts = 0, fault = null, version = version + 1,
      changed_at = now()
    where direction = 'in' and state not in ('review', 'held')
      and record_id = any(${sql.param(given.rows.map(({ record_id: id }) => id))}::bigint[])`);
}
