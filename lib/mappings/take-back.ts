/** What a re-processing that pauses or ends lets go of: what it made due is put back, save what a worker has in hand. */
import { sql } from "drizzle-orm";
import { openReprocessStates } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import { madeDue } from "./reprocess-records";

/**
 * Nothing has touched the direction since a re-processing made it due: both rows were written by one transaction. What was
 * settled and is due once more, or was tried again by a person, is due by itself, and must not be put back. A database that
 * was dumped and restored while a re-processing was open knows this no more: what it made due then stays due.
 */
const untouched = sql`d.xmin = c.xmin`;

const open = sql`${sql.param([...openReprocessStates])}::text[]`;

/** What a re-processing that ends has to let go of, or to wait for. */
const itsOwn = sql`(${madeDue} and (c.was = 'pending' or ${untouched}))`;

/**
 * Lets go of what is due by a re-processing and in nobody's hands; gives how many. What it made due itself is put back;
 * where another mapping's re-processing found it due and counts on it, that one has it from now on, and puts it back
 * itself should it rest too. What had failed or waited stays due, for the cause may be gone by now: a pause goes on
 * counting it, an end does not.
 *
 * A worker that claims (lib/sync/records.ts) changes the record and only locks its direction. So the directions are
 * locked first, past those that somebody holds this moment, and who has what in hand is read in a statement of its own:
 * it sees every claim there was before the lock, and none can come after it. What was passed over, or comes back
 * unwritten from a worker, is let go by a later turn (feed-reprocess.ts). A dead worker may have written what it had in
 * hand without noting it: that stays due.
 */
export async function takeBack(tx: Queryable, censusId: number, how: "pause" | "end"): Promise<number> {
  const chosen = how === "pause" ? sql`${itsOwn} and c.was in ('idle', 'ignored', 'pending')` : itsOwn;
  const locked = await tx.execute<{ id: string }>(sql`
    select d.record_id as id from census_record c
    join record_direction d on d.record_id = c.record_id and d.direction = 'in'
    where c.census_id = ${censusId} and ${chosen}
    for no key update of d skip locked`);
  if (locked.rows.length === 0) return 0;
  const ids = sql.param(locked.rows.map(({ id }) => Number(id)));
  const nobodys =
    how === "pause" ? sql`r.lease_token is null` : sql`(r.lease_token is null or r.lease_until < now())`;
  const rows = await tx.execute<{ number: number }>(sql`
    with due as materialized (
      select c.record_id, c.was, c.was in ('idle', 'ignored') and r.lease_token is null as is_back,
        (select o.census_id from census_record o
          join reprocess p on p.census_id = o.census_id and p.state = any(${open})
          where o.record_id = c.record_id and o.census_id <> c.census_id and o.was = 'pending' and o.version = d.version
          order by p.state = 'running' desc, p.id limit 1
        ) as heir
      from census_record c
      join record r on r.id = c.record_id
      join record_direction d on d.record_id = c.record_id and d.direction = 'in'
      where c.census_id = ${censusId} and c.record_id = any(${ids}::bigint[]) and ${chosen} and ${nobodys}
    ), put as (
      update record_direction d set changed_at = now(),
        state = case when due.heir is null then due.was else d.state end
      from due where due.is_back and d.record_id = due.record_id and d.direction = 'in'
    ), handed as (
      update census_record o set was = due.was from due
      where due.is_back and o.census_id = due.heir and o.record_id = due.record_id
    ), open as (
      update census_record c set was = null, version = null from due
      where c.census_id = ${censusId} and c.record_id = due.record_id
      returning c.record_id
    )
    select count(*)::int as number from open`);
  return rows.rows[0]?.number ?? 0;
}

/** Whether workers still have something in hand that a re-processing made due, and have not told yet how it ended. */
export async function isInHand(tx: Queryable, censusId: number): Promise<boolean> {
  const rows = await tx.execute<{ found: boolean }>(sql`
    select exists (
      select from census_record c
      join record_direction d on d.record_id = c.record_id and d.direction = 'in'
      where c.census_id = ${censusId} and ${itsOwn}) as found`);
  return rows.rows[0]?.found === true;
}
