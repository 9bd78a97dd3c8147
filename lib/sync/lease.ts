/** How long a record stays in the hands of the worker that claimed it. */
import { sql } from "drizzle-orm";
import type { Queryable } from "@/lib/platform/db";

/**
 * A lease that is not renewed for this long is free for the taking: its worker is dead. It is renewed three times as
 * often, so that what a killed worker had in hand goes on within a minute.
 */
export const leaseSeconds = 45;

/** Of a lease that is good for so long yet nothing is written. */
const goodForSeconds = 33;

/** The lease of a record ran out: another worker has it, and what we know of it may be old. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

/**
 * Keeps records ours while they are being written, and tells which of them still are. A worker may have been stopped for
 * longer than a lease lasts, so this is asked right before anything is sent: what another has taken since is in a newer
 * state with it. What nobody has taken is ours though its lease ran out.
 *
 * One statement, which writes only what is due. That is judged as the statement began (`seen`): what was renewed meanwhile
 * is renewed once more, rather than in neither half.
 */
export async function renewLease(
  db: Queryable,
  { leaseToken }: { readonly leaseToken: string },
  recordIds: readonly number[],
): Promise<ReadonlySet<number>> {
  const ids = sql.param([...recordIds]);
  const goodUntil = sql`now() + ${goodForSeconds} * interval '1 second'`;
  const rows = await db.execute<{ id: string }>(sql`
    with due as (
      select r.id from record r
      join record seen on seen.id = r.id and seen.lease_until < ${goodUntil}
      where r.id = any(${ids}::bigint[]) and r.lease_token = ${leaseToken}
      order by r.family, r.key
      for no key update of r
    ), renewed as (
      update record r set lease_until = now() + ${leaseSeconds} * interval '1 second'
      from due where r.id = due.id
      returning r.id
    )
    select id from renewed
    union all
    select id from record
    where id = any(${ids}::bigint[]) and lease_token = ${leaseToken} and lease_until >= ${goodUntil}`);
  return new Set(rows.rows.map(({ id }) => Number(id)));
}
