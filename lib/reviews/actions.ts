/** What each choice does to the database. The kinds and their choices are those of core/review-table.ts. */
import { matchWaiver, namedWaiver } from "@/lib/core/matching/choice";
import type { ReviewChoice, ReviewKind, ReviewState } from "@/lib/core/reviews";
import type { Queryable } from "@/lib/platform/db";
import { concerned, finishDecision } from "./finish";
import { headLinks, settleFate } from "./links";
import { isInUse, type LockedReview } from "./locked";
import { drop, pause, resume, start, startTonight } from "./mass-update";
import {
  acceptHeld,
  directionOf,
  forgetBounces,
  forgetUnknown,
  ignore,
  makeInDue,
  noteChosen,
  release,
  takeUpAgain,
} from "./release";
import { takeOverNumber } from "./reuse";

export interface Decision {
  readonly choice: ReviewChoice;
  readonly actor: string;
  readonly now: Date;
  /** Of several records that it may be: the one that it is. */
  readonly candidateId?: string;
}

/** Returns how the review stands afterwards; `deciding`: the worker has something to carry out. */
type Action = (tx: Queryable, review: LockedReview, decision: Decision) => Promise<ReviewState>;

const nothing: Action = async () => "closed";

const ignored: Action = async (tx, review) => {
  await ignore(tx, review);
  return "closed";
};

/** Later edits of a record that the contact is besides do not bring the question back. */
const staysGone: Action = async (tx, review) => {
  const links = await headLinks(tx, review.recordId);
  for (const link of concerned(review, links, null)) await settleFate(tx, link);
  await ignore(tx, review);
  return "closed";
};

const released =
  (...waived: readonly string[]): Action =>
  async (tx, review) => {
    await release(tx, review, waived);
    return "closed";
  };

/** Salesforce has to be written first. */
const bySide: Action = async () => "deciding";

/** Only links change; while the record is being written, the worker does it a moment later. */
const byLinks: Action = async (tx, review, { choice }) => {
  const decided = { ...review, choice };
  if (await isInUse(tx, decided)) return "deciding";
  await finishDecision(tx, decided);
  return "closed";
};

/** The bounced fields stay apart; whatever else changed in the record goes on. */
const keepBounced: Action = async (tx, review) => {
  await acceptHeld(tx, idsOf(review), review.subject.fields);
  await release(tx, review);
  return "closed";
};

const sendBounced: Action = async (tx, review) => {
  await forgetBounces(tx, idsOf(review));
  await release(tx, review, ["bounce"]);
  return "closed";
};

const keepByRule: Action = async (tx, review) => {
  if (directionOf(review.subject) === "out") await acceptHeld(tx, idsOf(review));
  await ignore(tx, review);
  return "closed";
};

const sendByRule: Action = async (tx, review) => {
  if (review.state === "closed") await makeInDue(tx, review);
  else await release(tx, review, ["by_rule"]);
  return "closed";
};

const blank: Action = async (tx, review) => {
  const waived = ["anonymised"];
  await forgetUnknown(tx, review.recordId);
  if (review.state === "closed") await makeInDue(tx, review, waived);
  else await release(tx, review, waived);
  return "closed";
};

const createNow: Action = async (tx, review) => {
  const waived = ["create_in_s360"];
  if (review.state === "closed") await takeUpAgain(tx, review.recordId, waived);
  else await release(tx, review, waived);
  return "closed";
};

/**
 * The worker looks for the candidate again: what was decided is carried out only if it is still free. A rule that has a person decide
 * what is created was passed before, or it would not have come to this.
 */
const adoptCandidate: Action = async (tx, review, { candidateId }) => {
  if (candidateId === undefined) throw new Error("no candidate was chosen");
  const waiver = review.kind === "duplicate_rule" ? namedWaiver : matchWaiver;
  await release(tx, review, [waiver(mappingOf(review), candidateId), "by_rule"]);
  await noteChosen(tx, review, candidateId);
  return "closed";
};

const createAnother: Action = async (tx, review) => {
  await release(tx, review, [matchWaiver(mappingOf(review), null), "by_rule"]);
  return "closed";
};

const samePerson: Action = async (tx, review) => {
  await takeOverNumber(tx, review.recordId);
  await release(tx, review);
  return "closed";
};

export const actions: Readonly<Record<ReviewKind, Readonly<Partial<Record<ReviewChoice, Action>>>>> = {
  mass_change: {
    start,
    "start-tonight": (tx, review, { now }) => startTonight(tx, review, now),
    pause: (tx, review, { actor }) => pause(tx, review, actor),
    resume,
    drop,
  },
  bounce: { send: sendBounced, keep: keepBounced },
  clone: { "clear-copy": bySide, relink: bySide, dismiss: nothing },
  copied_lookup: { "clear-copy": bySide, dismiss: nothing },
  merge_unclear: { relink: byLinks, unlink: byLinks, dismiss: staysGone },
  restored: { unlink: byLinks, dismiss: nothing },
  deleted_in_salesforce: { keep: staysGone, relink: byLinks },
  create_in_s360: { create: createNow, dismiss: ignored },
  create_unanswered: { create: released("create_in_s360", "create_unanswered"), dismiss: ignored },
  ambiguous: { create: released("create_in_s360", "ambiguous"), dismiss: ignored },
  rule: { send: sendByRule, keep: keepByRule },
  anonymised: { send: blank, keep: ignored },
  kind_changed: { relink: bySide },
  number_reused: { "same-person": samePerson, relink: bySide },
  several_matches: { adopt: adoptCandidate, create: createAnother, send: released("by_rule") },
  possible_duplicate: { dismiss: nothing },
  shared_record: { send: released(), dismiss: ignored },
  duplicate_rule: {
    adopt: adoptCandidate,
    send: released(),
    pass: released("duplicate_rule"),
    dismiss: ignored,
  },
  consistency_check: { dismiss: nothing },
  calls_short: { dismiss: nothing },
  trouble: { dismiss: nothing },
  told: { dismiss: nothing },
};

function mappingOf({ subject }: LockedReview): number {
  if (subject.mappingId === undefined) throw new Error("the review names no mapping");
  return subject.mappingId;
}

function idsOf({ recordId }: LockedReview): number[] {
  return recordId === null ? [] : [recordId];
}
