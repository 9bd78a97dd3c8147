/** The words in which reviews are told to people. */
import type { ChoiceRow } from "@/lib/core/review-row";
import { choiceRow } from "@/lib/core/review-table";
import type { ReviewChoice, ReviewKind, ReviewState } from "@/lib/core/reviews";
import type { MassCost, Night, ReviewRow, SalesforceRole } from "@/lib/reviews/contract";
import { count, counted } from "../ui/numbers";
import type { ObjectIconName } from "../ui/object-icon";
import type { Tone } from "../ui/tone";

export const kindIcons: Readonly<Record<ReviewKind, ObjectIconName>> = {
  mass_change: "api-calls",
  bounce: "incident",
  clone: "contact",
  copied_lookup: "sale",
  merge_unclear: "contact",
  restored: "contact",
  deleted_in_salesforce: "contact",
  create_in_s360: "contact",
  create_unanswered: "contact",
  ambiguous: "contact",
  rule: "mapping",
  anonymised: "contact",
  kind_changed: "account",
  number_reused: "contact",
  shared_record: "contact",
  duplicate_rule: "contact",
  several_matches: "contact",
  possible_duplicate: "contact",
  consistency_check: "health",
  calls_short: "api-calls",
  trouble: "incident",
  told: "record",
};

export const roleWords: Readonly<Record<SalesforceRole, string>> = {
  linked: "In Salesforce",
  copy: "The copy",
  original: "The first record",
  merged: "The record that was merged",
  restored: "The record that is there again",
  master: "The record that stayed",
  deleted: "The deleted record",
  match: "It looks like",
  candidate: "May be this contact",
};

const onlyRead: readonly ReviewKind[] = ["told", "calls_short", "trouble"];

/** Where a review stands, in a word or two. */
export function standingOf({ kind, state, paused, scheduled, held, choice }: ReviewRow): {
  label: string;
  tone: Tone;
} {
  if (state === "open") return { label: onlyRead.includes(kind) ? "To read" : "To decide", tone: "warning" };
  if (state === "closed") return { label: choice === null ? "Settled itself" : "Decided", tone: "neutral" };
  if (paused) return { label: "Paused", tone: "warning" };
  if (scheduled) return { label: "Sent later", tone: "info" };
  if (held !== null) return { label: "Held", tone: "warning" };
  return { label: kind === "mass_change" ? "Being sent" : "Being carried out", tone: "info" };
}

/** What was decided, in the words of its button. */
export function choiceLabel({ kind, choice }: Pick<ReviewRow, "kind" | "choice">): string | null {
  return choice === null ? null : (choiceRow(kind, choice)?.label ?? choice);
}

/** 1 → "1 minute", 135 → "2 hours 15 minutes", 3000 → "2 days 2 hours". */
export function durationText(minutes: number): string {
  const days = Math.floor(minutes / 1_440);
  const hours = Math.floor((minutes % 1_440) / 60);
  const rest = minutes % 60;
  const parts = [
    days > 0 && counted(days, "day"),
    hours > 0 && counted(hours, "hour"),
    days === 0 && (rest > 0 || hours === 0) && counted(rest, "minute"),
  ];
  return parts.filter((part) => part !== false).join(" ");
}

/** `held`: nothing is sent at the moment, so that nobody can say how long it takes. */
export function costText({ calls, minutes, perMinute }: MassCost, held = false): string {
  if (calls === 0) return "Nothing is left to send.";
  if (held) return `${counted(calls, "call")} to S-360 are left, two a record.`;
  return `${counted(calls, "call")} to S-360, two a record: about ${durationText(minutes)} at ${count(perMinute)} calls a minute, when nothing else is sent.`;
}

const doneWords: Readonly<Partial<Record<ReviewChoice, string>>> = {
  pause: "Paused",
  resume: "Resumed",
  start: "Started",
  "start-tonight": "To be sent at night",
  drop: "Not sent",
};

/** What a decision is told as once it is made. */
export function decidedText(
  { choice, label }: Pick<ChoiceRow, "choice" | "label">,
  state: ReviewState,
): string {
  return (
    doneWords[choice] ?? (state === "deciding" ? `“${label}” is being carried out` : `Decided: “${label}”`)
  );
}

/** A choice with the moment it means, as the review stands. */
export function choiceWords(row: ChoiceRow, night: Night | null): Pick<ChoiceRow, "label" | "sentence"> {
  if (row.choice !== "start-tonight" || !night) return row;
  const where = `where the venue is (${night.timeZone})`;
  return night.isNow
    ? {
        label: "Send now (it is night)",
        sentence: `The night is from 22:00 to 6:00 ${where}: it is night already, so they are sent to S-360 at once. Live edits go first.`,
      }
    : {
        label: "Send tonight at 22:00",
        sentence: `They are sent to S-360 from 22:00 on, ${where}. Live edits go first.`,
      };
}

/** Kinds that are decided one like the other, and whose choices lead to nothing that has to be looked at one by one. */
export const bulkKinds: readonly ReviewKind[] = [
  "deleted_in_salesforce",
  "told",
  "calls_short",
  "trouble",
  "rule",
  "anonymised",
  "create_in_s360",
  "duplicate_rule",
  "possible_duplicate",
];
