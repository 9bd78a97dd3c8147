/** A person decides: one transaction, with the records locked. Deciding the same again changes nothing. */
import { sql } from "drizzle-orm";
import { auditLog } from "@/drizzle/schema";
import { choicesOf, reviewStanding } from "@/lib/core/review-standing";
import { choiceRow } from "@/lib/core/review-table";
import { choosableIds, type ReviewChoice, type ReviewState } from "@/lib/core/reviews";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { actions } from "./actions";
import type { DecideResult } from "./contract";
import { lockReview, type LockedReview } from "./locked";
import { tooLate } from "./too-late";

export interface DecideInput {
  readonly reviewId: number;
  readonly choice: ReviewChoice;
  /** Of several records that it may be: the one that it is. */
  readonly candidateId?: string;
  /** Who decides, as the page and the audit log name them. */
  readonly actor: string;
  readonly now?: Date;
}

/** Only marks what is to happen; workers do the writing. What a worker has in its hands is finished as it began. */
export async function decide(db: Database, input: DecideInput): Promise<DecideResult> {
  const { reviewId, choice, actor, candidateId, now = new Date() } = input;
  return transact(db, async (tx): Promise<DecideResult> => {
    const review = await lockReview(tx, reviewId);
    if (!review) return { outcome: "missing" };
    if (isDoneAlready(review, choice, candidateId)) return { outcome: "unchanged", state: review.state };
    const action = actions[review.kind][choice];
    const allowed = choicesOf(reviewStanding(review, now)).some((row) => row.choice === choice);
    if (!action || !allowed) return { outcome: "refused", sentence: refusal(review, choice) };
    const unchosen = choice === "adopt" ? notACandidate(review, candidateId) : null;
    if (unchosen !== null) return { outcome: "refused", sentence: unchosen };
    const late = review.state === "closed" ? await tooLate(tx, review) : null;
    if (late !== null) return { outcome: "refused", sentence: late };
    const state = await action(tx, review, { choice, actor, now, candidateId });
    await note(tx, review, { choice, actor }, state);
    return { outcome: "changed", state };
  });
}

/** Why the record cannot be taken for the contact; null when it can. */
function notACandidate(review: LockedReview, candidateId: string | undefined): string | null {
  if (candidateId === undefined) return "Say which of the Salesforce records it is. Nothing was changed.";
  return choosableIds(review).includes(candidateId)
    ? null
    : "That record is not among the candidates any more. Nothing was changed.";
}

function isDoneAlready(
  { state, choice: made, subject }: LockedReview,
  choice: ReviewChoice,
  candidateId: string | undefined,
): boolean {
  if (state === "open") return false;
  if (choice === "adopt" && subject.chosenId !== candidateId) return false;
  if (state === "deciding" && choice === "pause") return subject.paused === true;
  if (state === "deciding" && choice === "resume") return subject.paused === false;
  return made === choice;
}

function refusal({ kind, state, choice: made, decidedBy }: LockedReview, choice: ReviewChoice): string {
  if (!choiceRow(kind, choice)) return "There is no such choice for this review.";
  if (made === null && state === "closed") return "It has settled itself meanwhile. Nothing was changed.";
  if (made === null) return "This cannot be chosen as the review stands. Nothing was changed.";
  const label = choiceRow(kind, made)?.label ?? made;
  return `${decidedBy ?? "Somebody"} has decided already: “${label}”. Nothing was changed.`;
}

/** Pausing and resuming leave it known who started. */
async function note(
  tx: Queryable,
  { id, connectionId, kind }: LockedReview,
  { choice, actor }: { readonly choice: ReviewChoice; readonly actor: string },
  state: ReviewState,
): Promise<void> {
  const onTheWay = choice === "pause" || choice === "resume";
  await tx.execute(sql`
    update review set state = ${state}, closed_at = case when ${state} = 'closed' then now() end
      ${kind === "mass_change" ? sql`, sentence = regexp_replace(sentence, ' Nothing of it is sent.*$', '')` : sql``}
      ${onTheWay ? sql`` : sql`, choice = ${choice}, decided_by = ${actor}, decided_at = now()`}
    where id = ${id}`);
  const subject = `${kind} review ${id}: ${choice}`;
  await tx.insert(auditLog).values({ connectionId, actor, action: "review decided", subject });
  await tx.execute(sql`select pg_notify('work', ${String(connectionId)})`);
}
