/** Numbers that S-360 merged into others, as a person said: what refers to them means the one that is written. */
import { sql } from "drizzle-orm";
import type { Database } from "@/lib/platform/db";
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
