/** Reviews follow their records: opened with the state, closed when a record goes on by itself, told without a choice. */
import { sql } from "drizzle-orm";
import { reviewKindByFault, type ReviewKind, type ReviewSubject } from "@/lib/core/reviews";
import type { Direction } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import type { ClaimedBatch } from "./records";
import type { Verdict } from "./verdict";
import type { Effects, LinkResult } from "./work";

interface Opening {
  readonly recordId: number;
  readonly kind: ReviewKind;
  readonly sentence: string;
  readonly subject: ReviewSubject;
}

interface Told extends Opening {
  readonly about: string;
}

export async function keepReviews(
  tx: Queryable,
  { connectionId, direction }: Pick<ClaimedBatch, "connectionId" | "direction">,
  verdicts: readonly Verdict[],
  results: readonly LinkResult[],
): Promise<void> {
  const openings = [...inReview(verdicts, results), ...told(results), ...possibleDuplicates(results)].map(
    (opening) => ({
      ...opening,
      about: aboutOf(opening, direction),
      subject: { ...opening.subject, direction },
    }),
  );
  await closeSettled(
    tx,
    direction,
    verdicts.filter(({ state }) => state !== "untouched"),
  );
  const once = [
    ...new Map(openings.map((one) => [`${one.recordId} ${one.kind} ${one.about}`, one])).values(),
  ];
  if (once.length > 0) await open(tx, connectionId, once);
}

/** What a rule says of one direction has nothing to do with the other, nor a deletion that is told with a change. */
function aboutOf({ kind, subject }: Opening, direction: Direction): string {
  if (kind === "rule") return direction;
  return kind === "told" ? `${direction} ${subject.happened ?? ""}` : "";
}

function inReview(verdicts: readonly Verdict[], results: readonly LinkResult[]): Opening[] {
  return verdicts.flatMap(({ record, state, fault }): Opening[] => {
    const kind = fault && reviewKindByFault[fault.code];
    if (state !== "review" || !kind) return [];
    const result = results.find((one) => one.record.id === record.id && one.outcome === "review");
    const subject = result?.outcome === "review" ? (result.subject ?? {}) : {};
    return [{ recordId: record.id, kind, sentence: fault.sentence, subject }];
  });
}

function told(results: readonly LinkResult[]): Opening[] {
  return results.flatMap(({ record, effects }): Opening[] =>
    effects?.told ? [toldOf(record.id, effects.told)] : [],
  );
}

function possibleDuplicates(results: readonly LinkResult[]): Opening[] {
  return results.flatMap(({ record, effects }): Opening[] =>
    effects?.duplicates ? [{ recordId: record.id, kind: "possible_duplicate", ...effects.duplicates }] : [],
  );
}

function toldOf(recordId: number, { sentence, ...subject }: NonNullable<Effects["told"]>): Opening {
  return { recordId, kind: "told", sentence, subject };
}

/** What was opened for this direction and does not stand in the way any more. */
async function closeSettled(tx: Queryable, direction: string, verdicts: readonly Verdict[]): Promise<void> {
  const still = (verdict: Verdict) =>
    verdict.state === "review" && verdict.fault ? (reviewKindByFault[verdict.fault.code] ?? "") : "";
  // The other direction may have stopped for the same reason: it is looked at again.
  await tx.execute(sql`
    with closed as (
      update review r set state = 'closed', closed_at = now()
      from unnest(
        ${sql.param(verdicts.map(({ record }) => record.id))}::bigint[],
        ${sql.param(verdicts.map(still))}::text[]
      ) as v (record_id, still)
      where r.record_id = v.record_id and r.state <> 'closed' and r.kind not in ('told', 'clone', 'copied_lookup', 'restored', 'possible_duplicate')
        and r.kind <> v.still and r.subject->>'direction' = ${direction}
      returning r.record_id, r.kind
    )
    update record_direction d set state = 'pending', due_at = now(), fault = null, changed_at = now()
    from closed
    where d.record_id = closed.record_id and d.direction <> ${direction} and d.state = 'review'
      and closed.kind <> 'rule' and d.fault->>'code' = closed.kind`);
}

/** Characters of a notice that goes on and on. */
const mostTold = 2_000;

async function open(tx: Queryable, connectionId: number, openings: readonly Told[]): Promise<void> {
  await tx.execute(sql`
    insert into review as v (connection_id, kind, record_id, about, sentence, subject)
    select ${connectionId}, n.kind, n.record_id, n.about, n.sentence, n.subject::jsonb
    from unnest(
      ${sql.param(openings.map(({ kind }) => kind))}::text[],
      ${sql.param(openings.map(({ recordId }) => recordId))}::bigint[],
      ${sql.param(openings.map(({ about }) => about))}::text[],
      ${sql.param(openings.map(({ sentence }) => sentence))}::text[],
      ${sql.param(openings.map(({ subject }) => JSON.stringify(subject)))}::text[]
    ) as n (kind, record_id, about, sentence, subject)
    on conflict (record_id, kind, about) where state <> 'closed' and record_id is not null
    do update set sentence = case when v.kind <> 'told' or length(v.sentence) > ${mostTold} then excluded.sentence
        when position(excluded.sentence in v.sentence) > 0 then v.sentence
        else v.sentence || ' ' || excluded.sentence end,
      mailed_at = case when v.kind = 'told' and position(excluded.sentence in v.sentence) = 0 then null else v.mailed_at end,
      subject = excluded.subject || jsonb_build_object('direction', coalesce(v.subject->'direction', excluded.subject->'direction'))
    where v.state = 'open'`);
}
