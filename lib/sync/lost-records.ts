/**
 * Records that Salesforce did not find when they were written or referred to: deleted or merged there since it was last
 * read. Only what the recycle bin shows counts, so that a record that is merely hidden from the connector's user is never taken for
 * deleted.
 */
import { sql } from "drizzle-orm";
import { FaultError } from "@/lib/core/faults";
import type { Side } from "@/lib/core/side";
import { nameText, type RecordName, type SyncDeps } from "./work";

export type GoneIds = ReadonlyMap<string, readonly string[]>;

/**
 * By name: the Salesforce ids of these records that are gone; none where the org does not answer and it is asked again
 * later. At most one call an object.
 */
export async function goneOf(
  { db, side }: Pick<SyncDeps, "db" | "side">,
  connectionId: number,
  names: readonly RecordName[],
): Promise<GoneIds> {
  const gone = new Map<string, readonly string[]>();
  if (names.length === 0) return gone;
  const rows = await db.execute<{
    family: RecordName["family"];
    key: string;
    object: string;
    id: string;
  }>(sql`
    select distinct r.family, r.key, l.object, l.salesforce_id as id
    from unnest(
      ${sql.param(names.map(({ family }) => family))}::text[], ${sql.param(names.map(({ key }) => key))}::text[]
    ) as n (family, key)
    join record r on r.connection_id = ${connectionId} and r.family = n.family and r.key = n.key
    join link l on l.record_id = r.id`);
  for (const object of new Set(rows.rows.map((row) => row.object))) {
    const own = rows.rows.filter((row) => row.object === object);
    const binned = await binnedOf(side, object, own);
    for (const row of own) {
      const name = nameText(row);
      if (!binned) gone.set(name, gone.get(name) ?? []);
      else if (binned.has(row.id)) gone.set(name, [...(gone.get(name) ?? []), row.id]);
    }
  }
  return gone;
}

/** Null when the org does not say: what was written by the same call is settled all the same. */
async function binnedOf(
  side: Side,
  object: string,
  rows: readonly { readonly id: string }[],
): Promise<ReadonlySet<string> | null> {
  try {
    const answer = await side.gone(
      object,
      rows.map(({ id }) => id),
    );
    return new Set(answer.flatMap(({ id, binned }) => (binned ? [id] : [])));
  } catch (error) {
    if (error instanceof FaultError) return null;
    throw error;
  }
}
