/** What the pages and the API say about reviews. Plain JSON; times are ISO texts. */
import type { ReviewChoice, ReviewKind, ReviewState, ReviewSubject } from "@/lib/core/reviews";
import type { CanonicalValue } from "@/lib/core/side";
import type { Direction, Kind } from "@/lib/core/words";
import type { Mentions, RecordMention } from "@/lib/records/contract";

/** `open`: what waits for a person or is being carried out. `decided`: the rest. */
export const reviewLists = ["open", "decided"] as const;
export type ReviewList = (typeof reviewLists)[number];

export interface ReviewRow {
  readonly id: number;
  readonly kind: ReviewKind;
  readonly state: ReviewState;
  readonly sentence: string;
  /** The record it is about; null when it is about many, or about none. */
  readonly record: RecordMention | null;
  /** Of a mass change: how many records it holds. */
  readonly records: number | null;
  readonly paused: boolean;
  /** Of a mass change: it is to be sent later. */
  readonly scheduled: boolean;
  /** Of a mass change that is being sent: why nothing of it is sent at the moment. */
  readonly held: string | null;
  /** Of what someone is told: what had happened in the system that the direction comes from. */
  readonly happened: ReviewSubject["happened"] | null;
  /** The way that the record was going; null where it has no part in it. */
  readonly direction: Direction | null;
  /** Null while nobody has decided; still null when closed: then it settled itself. */
  readonly choice: ReviewChoice | null;
  readonly decidedBy: string | null;
  readonly openedAt: string;
  readonly decidedAt: string | null;
  readonly closedAt: string | null;
}

/** Where the records of a mass change stand. */
export interface MassProgress {
  readonly total: number;
  /** Not sent yet. */
  readonly waiting: number;
  readonly sent: number;
  readonly failed: number;
}

/** What sending costs of S-360's calls. */
export interface MassCost {
  /** Two a record: one reads, one saves. */
  readonly calls: number;
  /** The pace in force. */
  readonly perMinute: number;
  readonly minutes: number;
  /** Calls that this month's allowance still has; null: no limit. */
  readonly leftThisMonth: number | null;
}

/** When "tonight" is, where the venue is. */
export interface Night {
  /** 22:00 of this day, or now when it is night already. */
  readonly startsAt: string;
  readonly isNow: boolean;
  readonly timeZone: string;
}

/** What a Salesforce record is to the review. */
export type SalesforceRole =
  "linked" | "copy" | "original" | "merged" | "restored" | "master" | "deleted" | "match" | "candidate";

export interface SalesforceRecord {
  readonly role: SalesforceRole;
  readonly object: string;
  readonly id: string;
  /** Where the org has told it. */
  readonly name?: string | null;
  readonly url: string;
}

/** One field as both sides have it. */
export interface TwoValues {
  readonly field: string;
  readonly label: string;
  /** Undefined: it was never agreed on. */
  readonly s360: CanonicalValue | undefined;
  readonly salesforce: CanonicalValue;
}

export interface ReviewDetail extends ReviewRow {
  readonly institution: string;
  readonly subject: ReviewSubject;
  readonly salesforce: readonly SalesforceRecord[];
  readonly fields: readonly TwoValues[];
  /** Who wrote the Salesforce record last, as far as it was told. */
  readonly changedBy: string | null;
  readonly mass: {
    readonly records: Mentions;
    readonly progress: MassProgress;
    /** Those that did not get through. */
    readonly failed: Mentions;
    /** When it would be sent if it were sent tonight. */
    readonly night: Night;
    readonly cost: MassCost;
  } | null;
}

export type DecideResult =
  /** `deciding`: the worker carries it out. */
  | { readonly outcome: "changed" | "unchanged"; readonly state: ReviewState }
  | { readonly outcome: "missing" }
  | { readonly outcome: "refused"; readonly sentence: string };

/** How many calls a minute S-360 takes from us. */
export interface S360Pace {
  /** As set up for the connection. */
  readonly usual: number;
  /** What holds for a while instead. */
  readonly boost: { readonly perMinute: number; readonly until: string } | null;
}

/** A contact as a person compares it before they say that S-360 merged it. */
export interface NumberSeen {
  readonly id: number;
  /** As S-360 spells it. */
  readonly key: string;
  readonly kind: Kind | null;
  readonly label: string | null;
  readonly links: readonly { readonly object: string; readonly salesforceId: string }[];
  /** It is itself said to be merged: the number that is written in its place. */
  readonly mergedInto: string | null;
}

export interface NumbersSeen {
  readonly number: NumberSeen;
  /** Null when there is none of that number. */
  readonly head: NumberSeen | null;
  /** Sales that name the number. */
  readonly sales: number;
  /** Why the two cannot be merged; null when they can. */
  readonly refusal: string | null;
}

export type MergedNumberResult =
  | { readonly outcome: "missing" }
  | { readonly outcome: "refused"; readonly sentence: string }
  | { readonly outcome: "unchanged" }
  /** `sales`: so many are written anew. */
  | { readonly outcome: "changed"; readonly sales: number };
