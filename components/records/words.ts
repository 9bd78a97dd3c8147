/** The words in which records are told to people. */
import type { FaultActor } from "@/lib/core/faults";
import { kindTable } from "@/lib/core/kinds";
import { isProvisional } from "@/lib/core/record-key";
import type { AttemptOutcome, Direction, Family, Fate, Kind, RecordState, Stream } from "@/lib/core/words";
import type { ObjectIconName } from "../ui/object-icon";
import type { Tone } from "../ui/tone";

export interface Wording {
  readonly label: string;
  readonly tone: Tone;
  /** What it means, in one sentence. */
  readonly meaning: string;
}

export const stateWords: Readonly<Record<RecordState, Wording>> = {
  failed: {
    label: "Failed",
    tone: "error",
    meaning: "Not written, and not tried again until something changes.",
  },
  review: {
    label: "In review",
    tone: "warning",
    meaning: "A person must decide before anything is written.",
  },
  waiting: {
    label: "Waiting",
    tone: "warning",
    meaning: "Written as soon as the record it refers to is there.",
  },
  retrying: {
    label: "Retrying",
    tone: "warning",
    meaning: "The last try did not work; it is tried again by itself.",
  },
  pending: {
    label: "Due",
    tone: "info",
    meaning: "Changed since it was last written; the worker takes it next.",
  },
  held: {
    label: "Held",
    tone: "info",
    meaning: "Part of an initial import that has not come to it: stored, and written when its turn comes.",
  },
  idle: {
    label: "In step",
    tone: "success",
    meaning: "Nothing is left to write: both sides hold what was last told.",
  },
  ignored: { label: "Ignored", tone: "neutral", meaning: "Nothing is written: a rule or a person says so." },
};

export const fateWords: Readonly<Record<Fate, Wording>> = {
  ...stateWords,
  synced: { label: "Synced", tone: "success", meaning: "What it said was written to the other side." },
  unchanged: {
    label: "Unchanged",
    tone: "neutral",
    meaning: "It said nothing new: nothing was written, no call was made.",
  },
  echo: { label: "Echo", tone: "neutral", meaning: "It only repeated what we had written ourselves." },
  superseded: {
    label: "Superseded",
    tone: "neutral",
    meaning: "A newer event was folded in before it was written; nothing is lost.",
  },
};

export const attemptWords: Readonly<Record<AttemptOutcome, Wording>> = {
  created: { label: "Created", tone: "success", meaning: "A new record was made on the other side." },
  updated: { label: "Updated", tone: "success", meaning: "The fields that differed were written." },
  adopted: {
    label: "Linked",
    tone: "success",
    meaning: "The other side already had the record; it was linked.",
  },
  yielded: {
    label: "Nothing to write",
    tone: "neutral",
    meaning: "Both sides had changed it, and the other side’s value stayed.",
  },
  merged: {
    label: "Merged",
    tone: "success",
    meaning: "Merged in Salesforce: the record that stayed is written from now on.",
  },
  failed: { label: "Not written", tone: "error", meaning: "It is not tried again until something changes." },
  retrying: { label: "Not written yet", tone: "warning", meaning: "It is tried again by itself." },
  waiting: { label: "Had to wait", tone: "warning", meaning: "What it refers to was not there yet." },
  review: { label: "Stopped for review", tone: "warning", meaning: "A person must decide." },
};

export const streamLabels: Readonly<Record<Stream, string>> = {
  "contacts-in": "Contacts in",
  "orders-in": "Orders in",
  "contacts-out": "Contacts to S-360",
};

/** The system that a direction writes to. */
export const writtenToNames: Readonly<Record<Direction, string>> = { in: "Salesforce", out: "S-360" };

export const actorWords: Readonly<Record<FaultActor, string>> = {
  "crm-admin": "The CRM administrator must act.",
  "box-office": "The box office must correct it in S-360.",
  it: "IT must act.",
  nobody: "Nobody needs to act.",
};

const familyWords: Readonly<
  Record<Family, { readonly label: string; readonly number: string; readonly icon: ObjectIconName }>
> = {
  contact: { label: "Contact", number: "Contact number", icon: "contact" },
  order: { label: "Order", number: "Order", icon: "order" },
  operation: { label: "Operation", number: "Operation", icon: "sale" },
};

export function kindLabel({ kind, family }: { kind: Kind | null; family: Family }): string {
  return kind ? kindTable[kind].label : familyWords[family].label;
}

export function numberLabel(family: Family): string {
  return familyWords[family].number;
}

/** S-360's number, or that it has none: what was made in Salesforce is kept under a key of our own until then. */
export function numberOf({ key }: { key: string }): string {
  return isProvisional(key) ? "none yet" : key;
}

export function iconOf({ kind, family }: { kind: Kind | null; family: Family }): ObjectIconName {
  return kind === "structure" ? "account" : familyWords[family].icon;
}

/** Names a record even when nothing but its number is known. */
export function nameOf({
  label,
  family,
  key,
}: {
  label: string | null;
  family: Family;
  key: string;
}): string {
  if (family === "order") return `Order ${key}`;
  return label ?? `${familyWords[family].label} ${key}`;
}
