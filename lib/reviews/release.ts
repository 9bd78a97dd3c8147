/** The statements by which a decision lets records go on, or ends what they wait for. */
import { sql, type SQL } from "drizzle-orm";
import { unknownMark, unpersonalSections } from "@/lib/core/anonymised";
import { answersWith } from "@/lib/core/matching/choice";
import { faultsOf } from "@/lib/core/review-table";
import type { ReviewKind, ReviewSubject } from "@/lib/core/reviews";
import { lanes, type Direction } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";

interface Held {
  readonly recordId: number | null;
  readonly kind: ReviewKind;
  readonly subject: ReviewSubject;
}

/** A rule holds one direction; the other may be held by one of its own. */
function ofDirection({ kind, subject }: Held): SQL {
  return kind === "rule" ? sql`direction = ${directionOf(subject)}` : sql`true`;
}

/**
 * Makes what the review holds due now, in both directions; `waived` are the faults it passes over once. What was decided
 * before still counts, but for another answer to the same question.
 */
export async function release(tx: Queryable, held: Held, waived: readonly string[] = []): Promise<void> {
  const { recordId, kind } = held;
  const answered = waived.map(answersWith);
  await tx.execute(sql`
    update record_direction set state = 'pending', due_at = now(), attempts = 0, fault = null, changed_at = now(),
      waived = array(
        select w from unnest(waived) as w
        where not exists (select from unnest(${sql.param(answered)}::text[]) as a (start) where starts_with(w, a.start))
      ) || ${sql.param([...waived])}::text[]
    where record_id = ${recordId} and state = 'review' and ${ofDirection(held)}
      and fault->>'code' = any(${sql.param([...faultsOf(kind)])}::text[])`);
}

export async function noteChosen(
  tx: Queryable,
  { id }: { readonly id: number },
  candidateId: string,
): Promise<void> {
  await tx.execute(sql`
    update review set subject = subject || jsonb_build_object('chosenId', ${candidateId}::text) where id = ${id}`);
}

/** What was ignored because a person said so goes on after all, even if a worker has it in its hands right now. */
export async function takeUpAgain(
  tx: Queryable,
  recordId: number | null,
  waived: readonly string[],
): Promise<void> {
  await tx.execute(sql`
    update record_direction set state = 'pending', due_at = now(), attempts = 0, fault = null,
      version = version + 1, waived = ${sql.param([...waived])}::text[], changed_at = now()
    where record_id = ${recordId} and direction = 'out' and state <> 'review'`);
}

/** Nothing is written of what the review holds; it ends as ignored. */
export async function ignore(tx: Queryable, held: Held): Promise<void> {
  const { recordId, kind } = held;
  await tx.execute(sql`
    with ended as (
      update record_direction set state = 'ignored', synced_version = version, attempts = 0, fault = null,
        waived = '{}', changed_at = now()
      where record_id = ${recordId} and state = 'review' and ${ofDirection(held)}
        and fault->>'code' = any(${sql.param([...faultsOf(kind)])}::text[])
      returning record_id, direction, version
    )
    update event_record e set outcome = 'ignored' from ended
    where e.record_id = ended.record_id and e.direction = ended.direction and e.outcome is null
      and e.version <= ended.version`);
}

/**
 * S-360's record is written to Salesforce at once, whatever it stood at: the person who decided stands above the rules
 * for what is created or changed there.
 */
export async function makeInDue(
  tx: Queryable,
  { connectionId, recordId }: { readonly connectionId: number; readonly recordId: number | null },
  passes: readonly string[] = ["by_rule"],
): Promise<void> {
  const waived = sql.param([...passes]);
  await tx.execute(sql`
    insert into record_direction as d (record_id, direction, connection_id, stream, version, state, lane, waived)
    select id, 'in', ${connectionId}, 'contacts-in', 1, 'pending', ${lanes.liveContacts}, ${waived}::text[]
    from record where id = ${recordId}
    on conflict (record_id, direction) do update set
      state = 'pending', due_at = now(), attempts = 0, fault = null, version = d.version + 1, waived = excluded.waived,
      changed_at = now()`);
}

/** What Salesforce holds counts as agreed, of the named fields or of all; how often it bounced is forgotten. */
export async function acceptHeld(
  tx: Queryable,
  recordIds: readonly number[],
  fields?: readonly string[],
): Promise<void> {
  const chosen = fields ? sql`where f.key = any(${sql.param([...fields])}::text[])` : sql``;
  await tx.execute(sql`
    update link l set
      stored = l.stored || coalesce((select jsonb_object_agg(f.key, f.value) from jsonb_each(l.held->'fields') f ${chosen}), '{}'),
      updated_at = now()
    where l.record_id = any(${sql.param([...recordIds])}::bigint[]) and l.head and l.held is not null`);
  await forgetBounces(tx, recordIds);
}

export async function forgetBounces(tx: Queryable, recordIds: readonly number[]): Promise<void> {
  await tx.execute(sql`
    update link l set traces = coalesce((select jsonb_object_agg(t.key, t.value - 'bounces') from jsonb_each(l.traces) t), '{}')
    where l.record_id = any(${sql.param([...recordIds])}::bigint[]) and l.head`);
}

/** The direction that a review of this record was opened for. */
export function directionOf(subject: { readonly direction?: Direction }): Direction {
  return subject.direction ?? "in";
}

/** Nothing personal is kept of a contact that S-360 knows no more, once a person has said that it is to be blanked. */
export async function forgetUnknown(tx: Queryable, recordId: number | null): Promise<void> {
  const kept = sql.param([...unpersonalSections, unknownMark]);
  await tx.execute(sql`
    update record set label = null, search_terms = '{}', s360_state = (
      select jsonb_object_agg(said.key, said.value) from jsonb_each(s360_state) as said where said.key = any(${kept}::text[]))
    where id = ${recordId} and s360_state -> ${unknownMark}::text = 'true'`);
}
