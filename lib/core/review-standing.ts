/** What may be chosen of a review, and what a person reads of it, as it stands. Pure. */
import type { ChoiceRow } from "./review-row";
import { reviewTable } from "./review-table";
import {
  choosableIds,
  copiesOf,
  type ReviewChoice,
  type ReviewKind,
  type ReviewState,
  type ReviewSubject,
} from "./reviews";
import type { Direction } from "./words";

export interface ReviewStanding {
  readonly kind: ReviewKind;
  readonly state: ReviewState;
  readonly paused: boolean;
  /** Of a mass change: its hour has not come yet. */
  readonly scheduled: boolean;
  /** Of a clone: how many copies there are. */
  readonly copies: number;
  /** What was chosen; null while nothing was. */
  readonly choice: ReviewChoice | null;
  /** Of a rule: it is about a contact that the other system does not have. */
  readonly isNew: boolean;
  /** Of what a duplicate rule stopped: the rule only alerts. */
  readonly passable: boolean;
  /** How many Salesforce records it may be said to be. */
  readonly choosable: number;
}

/** How a review stands, by what it is about. */
export function reviewStanding(
  {
    kind,
    state,
    choice,
    subject,
  }: Pick<ReviewStanding, "kind" | "state" | "choice"> & { readonly subject: ReviewSubject },
  now: Date,
): ReviewStanding {
  const { paused = false, startAt, happened, duplicates } = subject;
  const scheduled = state === "deciding" && startAt !== undefined && Date.parse(startAt) > now.getTime();
  const isNew = happened === "created";
  const passable = duplicates?.passable === true;
  const [copies, choosable] = [copiesOf(subject).length, choosableIds({ kind, subject }).length];
  return { kind, state, paused, scheduled, copies, choice, isNew, passable, choosable };
}

/** What can still be chosen after it was decided that a contact is not created, or not blanked: that alone stands in the way. */
function afterAll({ kind, choice, isNew }: ReviewStanding): ReviewChoice | null {
  if (kind === "create_in_s360" && choice === "dismiss") return "create";
  const isWanted = (kind === "rule" && isNew) || kind === "anonymised";
  return isWanted && choice === "keep" ? "send" : null;
}

/** What may be chosen as the review stands. */
export function choicesOf(standing: ReviewStanding): readonly ChoiceRow[] {
  const { kind, state, copies, passable, choosable } = standing;
  const { choices } = reviewTable[kind];
  if (state === "closed") return choices.filter(({ choice }) => choice === afterAll(standing));
  if (kind === "mass_change") {
    const allowed = massChoices(standing);
    return choices.filter(({ choice }) => allowed.includes(choice));
  }
  if (state !== "open") return [];
  if (kind === "duplicate_rule") {
    // What a rule blocks nobody can insist on.
    const impossible = [...(passable ? [] : ["pass"]), ...(choosable > 0 ? [] : ["adopt"])];
    return choices.filter(({ choice }) => !impossible.includes(choice));
  }
  // Of several copies none can be said to be the right one: the others would have to give the Sync ID up as well.
  return kind === "clone" && copies > 1 ? choices.filter(({ choice }) => choice !== "relink") : choices;
}

function massChoices({ state, paused, scheduled }: ReviewStanding): readonly ReviewChoice[] {
  if (state === "open") return ["start", "start-tonight", "drop"];
  if (paused) return ["resume", "drop"];
  return scheduled ? ["start", "pause", "drop"] : ["pause"];
}

const toldTitles = {
  created: { in: "New in S-360, not created", out: "New in Salesforce, not created" },
  changed: { in: "Changed, not written", out: "Changed, not sent" },
  deleted: { in: "Deleted, not followed", out: "Deleted, not marked" },
} as const satisfies Record<NonNullable<ReviewSubject["happened"]>, Record<Direction, string>>;

/** The title: of what someone is told, what had happened. */
export function titleOf(
  kind: ReviewKind,
  happened?: ReviewSubject["happened"] | null,
  direction?: Direction | null,
): string {
  return kind === "told" && happened ? toldTitles[happened][direction ?? "out"] : reviewTable[kind].title;
}

/** What has happened and why it goes on, or does not, as the review stands. */
export function explanationOf({ kind, state }: Pick<ReviewStanding, "kind" | "state">): string {
  return kind === "mass_change" && state === "deciding"
    ? "S-360 takes few calls: what changed at once in Salesforce is sent behind live edits, at the rate that S-360 allows."
    : reviewTable[kind].explanation;
}
