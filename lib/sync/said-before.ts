/**
 * What was said before of contacts that only one of the two systems has: someone was told, or a person decided that they
 * are not to be created. It is said once; closed reviews are the memory of it.
 */
import { sql } from "drizzle-orm";
import type { Direction } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import type { ClaimedRecord } from "./records";

export interface SaidBefore {
  readonly told: boolean;
  readonly declined: boolean;
}

export const nothingSaid: SaidBefore = { told: false, declined: false };

/** By record; records of which nothing was said, or only of another contact that had the number, are left out. */
export async function saidBefore(
  db: Queryable,
  direction: Direction,
  records: readonly Pick<ClaimedRecord, "id" | "contactId">[],
): Promise<ReadonlyMap<number, SaidBefore>> {
  if (records.length === 0) return new Map();
  const rows = await db.execute<{ record_id: string; told: boolean; declined: boolean }>(sql`
    select v.record_id, bool_or(kind = 'told') as told, bool_or(kind <> 'told') as declined
    from unnest(
      ${sql.param(records.map(({ id }) => id))}::bigint[], ${sql.param(records.map(({ contactId }) => contactId))}::text[]
    ) as n (record_id, contact_id)
    join review v on v.record_id = n.record_id
    where subject->>'direction' = ${direction}
      and coalesce(subject->>'contactId' = n.contact_id, true)
      and ((kind = 'told' and subject->>'happened' = 'created')
        or (state = 'closed' and kind = 'create_in_s360' and choice = 'dismiss')
        or (state = 'closed' and kind = 'rule' and subject->>'happened' = 'created' and choice = 'keep'))
    group by v.record_id`);
  return new Map(rows.rows.map(({ record_id: id, told, declined }) => [Number(id), { told, declined }]));
}

/** Whether a rule has nothing more to say of it. */
export function isSaid(rule: "tell" | "review", { told, declined }: SaidBefore): boolean {
  return declined || (rule === "tell" && told);
}
