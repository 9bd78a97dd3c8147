/** The contacts that matching rules are tried on. */
import { sql } from "drizzle-orm";
import { kindTable } from "@/lib/core/kinds";
import type { ContactKind } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import type { RecordName } from "@/lib/sync/work";

export interface ToTry {
  readonly id: number;
  readonly label: string | null;
  readonly linked: boolean;
}

interface Of {
  readonly connectionId: number;
  readonly kind: ContactKind;
}

/** The latest that are not linked yet; where they are too few, the latest linked ones besides. */
export async function latestToTry(db: Queryable, of: Of, wanted: number): Promise<readonly ToTry[]> {
  const unlinked = await latest(db, of, wanted, false);
  const left = wanted - unlinked.length;
  return left === 0 ? unlinked : [...unlinked, ...(await latest(db, of, left, true))];
}

async function latest(db: Queryable, { connectionId, kind }: Of, wanted: number, linked: boolean) {
  const rows = await db.execute<{ id: string; label: string | null }>(sql`
    select r.id, r.label from record r join record_direction d on d.record_id = r.id and d.direction = 'in'
    where r.connection_id = ${connectionId} and r.family = ${kindTable[kind].family} and r.kind = ${kind}
      and r.s360_state is not null
      and ${linked ? sql`` : sql`not`} exists (select from link l where l.record_id = r.id)
    order by r.updated_at desc, r.id desc limit ${wanted}`);
  return rows.rows.map(({ id, label }): ToTry => ({ id: Number(id), label, linked }));
}

/** Those of the named records that S-360 has told. */
export async function idsOf(
  db: Queryable,
  connectionId: number,
  names: readonly RecordName[],
): Promise<readonly number[]> {
  if (names.length === 0) return [];
  const rows = await db.execute<{ id: string }>(sql`
    select distinct r.id from unnest(
      ${sql.param(names.map(({ family }) => family))}::text[], ${sql.param(names.map(({ key }) => key))}::text[]
    ) as n (family, key)
    join record r on r.connection_id = ${connectionId} and r.family = n.family and r.key = n.key
    where r.s360_state is not null`);
  return rows.rows.map(({ id }) => Number(id));
}
