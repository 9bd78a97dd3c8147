/** Sales that name no contact, and sales whose contact will not be in Salesforce before something happens. */
import type { EvaluatedField } from "@/lib/core/mapping/evaluation";
import { sql, type SQL } from "drizzle-orm";
import { orgIdValue } from "@/lib/core/references";
import { isAccountId, type SalesSettings } from "@/lib/core/sales-settings";
import type { Queryable } from "@/lib/platform/db";
import type { ClaimedBatch } from "./records";
import type { Verdict } from "./verdict";
import type { LinkResult, LinkWork } from "./work";

/**
 * True of a record of the contact family that is nowhere in Salesforce and on no way there: its mapping leaves it out, it
 * failed or waits for a person, or S-360 was asked for it in vain and is not asked again before a while. `recordId` may
 * name a column of any table around it: the names of tables in here are used nowhere else.
 */
export function hopeless(recordId: SQL): SQL<boolean> {
  return sql`(
    not exists (select from link hl where hl.record_id = ${recordId})
    and (
      exists (
        select from record hr join record_direction hd on hd.record_id = hr.id and hd.direction = 'in'
        where hr.id = ${recordId} and hr.s360_state is not null and hd.state in ('ignored', 'failed', 'review'))
      or exists (
        select from missing_contact hm join record hr on hr.id = hm.record_id
        where hm.record_id = ${recordId} and hr.s360_state is null and hm.tries > 0 and hm.asking_until is null
          and hm.due_at > now())))`;
}

/** What the settings make of a sale that names no contact; any other work as it is. */
export function withoutBuyer(work: LinkWork, sales: SalesSettings): LinkWork | LinkResult {
  if (!isAnonymous(work)) return work;
  if (sales.anonymous === "skip" && !work.link) {
    return { record: work.record, mapping: work.mapping, outcome: "ignored" };
  }
  return sales.anonymous === "placeholder" ? underPlaceholder(work, sales.placeholder) : unlinked(work);
}

/** Its mapping asks for a contact, and the order has none. What is only marked keeps what it has. */
function isAnonymous({ record, mapping, marksOnly, awaits }: LinkWork): boolean {
  if (record.family !== "operation" || marksOnly) return false;
  const asks = mapping.compiled.lines.some(({ reference }) => reference?.family === "contact");
  return asks && ![...awaits.values()].some(({ family }) => family === "contact");
}

function underPlaceholder(work: LinkWork, placeholder: string): LinkWork {
  const value = isAccountId(placeholder) ? orgIdValue(placeholder) : placeholder;
  const lookups = lookupsOf(work).map((field) =>
    field.reference?.object === "Account" ? { ...field, value } : field,
  );
  return { ...withLookups(work, lookups), placeholder };
}

/** An account that it stood under, such as the placeholder of other days, is its account no more. */
function unlinked(work: LinkWork): LinkWork {
  const base = work.link?.agreed.base ?? {};
  return withLookups(
    work,
    lookupsOf(work).filter(({ target }) => (base[target] ?? null) !== null),
  );
}

/** The fields that would name its contact, empty. */
function lookupsOf({ mapping }: LinkWork): EvaluatedField[] {
  return mapping.compiled.lines.flatMap(({ index, target, field, when, reference }) =>
    reference?.family === "contact"
      ? [{ lineIndex: index, target, label: field.label, value: null, when, reference }]
      : [],
  );
}

function withLookups(work: LinkWork, lookups: readonly EvaluatedField[]): LinkWork {
  const names = new Set(lookups.map(({ target }) => target));
  return { ...work, fields: [...work.fields.filter(({ target }) => !names.has(target)), ...lookups] };
}

/**
 * Sales go on without an account as soon as it is settled that their contact does not come: those that wait for contacts
 * of this batch, and those of this batch whose contact was settled since it was looked at.
 */
export async function releaseFromHopeless(
  tx: Queryable,
  { direction }: Pick<ClaimedBatch, "direction">,
  verdicts: readonly Verdict[],
): Promise<void> {
  if (direction !== "in") return;
  const waiting = verdicts.flatMap(({ state, record }) => (state === "waiting" ? [record.id] : []));
  const settled = verdicts.flatMap(({ state, record }) =>
    record.family === "contact" && ["ignored", "failed", "review"].includes(state) ? [record.id] : [],
  );
  if (waiting.length + settled.length === 0) return;
  await releaseSales(
    tx,
    sql`(w.record_id = any(${sql.param(waiting)}::bigint[]) or w.awaited_id = any(${sql.param(settled)}::bigint[]))`,
  );
}

/**
 * S-360 was asked for a contact in vain: sales that may be written without it are due now, what else waits goes on
 * waiting. To be called in the transaction that notes it, after it did.
 */
export async function goOnWithout(tx: Queryable, contactId: number): Promise<void> {
  await releaseSales(
    tx,
    sql`w.awaited_id = ${contactId} and exists (
      select from connection c where c.id = s.connection_id and c.settings #>> '{sales,withoutContact}' = 'unlinked')`,
  );
}

/** Only those none of whose contacts may still come: any other would be found waiting again at once, and so on without end. */
async function releaseSales(tx: Queryable, which: SQL): Promise<void> {
  // Locked before they are looked at: of two who settle one contact each of a sale, the second sees what the first did.
  const waiters = await tx.execute<{ id: string }>(sql`
    select d.record_id as id from record_direction d
    where d.direction = 'in' and d.state = 'waiting' and d.record_id in (
      select w.record_id from waiting w join record s on s.id = w.record_id and s.family = 'operation' where ${which})
    order by d.record_id
    for no key update of d`);
  if (waiters.rows.length === 0) return;
  await tx.execute(sql`
    with released as (
      update record_direction d set state = 'pending', due_at = now(), changed_at = now()
      where d.record_id = any(${sql.param(waiters.rows.map(({ id }) => Number(id)))}::bigint[])
        and d.direction = 'in' and d.state = 'waiting'
        and not exists (
          select from waiting o where o.record_id = d.record_id and not ${hopeless(sql`o.awaited_id`)})
      returning d.connection_id)
    select pg_notify('work', connection_id::text) from (select distinct connection_id from released) as woken`);
}
