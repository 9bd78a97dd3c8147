/** How imports are told to people. */
import type { Estimate } from "@/lib/core/imports/estimate";
import type { ImportEnd, ImportStream } from "@/lib/core/imports/words";
import type { ImportStatus } from "@/lib/imports/contract";
import { count, counted } from "../ui/numbers";
import type { Tone } from "../ui/tone";

export const streamWords: Readonly<
  Record<
    ImportStream,
    { readonly title: string; readonly one: string; readonly many: string; readonly record: string }
  >
> = {
  "contacts-in": { title: "Contacts", one: "contact", many: "contacts", record: "contact" },
  "orders-in": { title: "Orders", one: "order", many: "orders", record: "operation" },
};

export const endWords: Readonly<
  Record<
    ImportEnd | "held" | "going",
    { readonly label: string; readonly meaning: string; readonly tone?: Tone }
  >
> = {
  written: { label: "Written", meaning: "Created, changed or linked in Salesforce." },
  unchanged: { label: "Unchanged", meaning: "Salesforce holds these values already." },
  live: {
    label: "Went live",
    meaning: "S-360 told something newer of it, or a sale of today needed it: written with what is live.",
  },
  going: { label: "On their way", meaning: "Let out, and being written." },
  held: { label: "Held", meaning: "Stored, and not come to yet." },
  waiting: { label: "Waiting", meaning: "For a record that it refers to.", tone: "warning" },
  failed: {
    label: "Failed",
    meaning: "Not written, and not tried again until something changes.",
    tone: "error",
  },
  review: { label: "In review", meaning: "A person must decide.", tone: "error" },
  ignored: { label: "Ignored", meaning: "A rule or the mapping says that nothing is written." },
};

export interface Standing {
  readonly label: string;
  readonly tone: Tone;
}

/** Where an import stands, in two or three words. */
export function standingOf(run: ImportStatus): Standing {
  if (run.state === "done") return { label: "Done", tone: "success" };
  if (run.state === "cancelled") return { label: "Cancelled", tone: "neutral" };
  if (run.state === "paused") return { label: "Paused", tone: "warning" };
  if (run.approvedAt === null) {
    if (run.counts.released === 0) return { label: "Waits for S-360", tone: "info" };
    return run.isCanaryThrough
      ? { label: "Waits for your approval", tone: "warning" }
      : { label: "Writing the first records", tone: "info" };
  }
  return { label: run.counts.received === 0 ? "Waits for S-360" : "Goes on", tone: "info" };
}

/** "400 of 1,000 contacts received, 200 contacts had their turn." */
export function progressSentence({ stream, counts, estimate: { total } }: ImportStatus): string {
  const { one, many, record } = streamWords[stream];
  const of =
    total === null
      ? counted(counts.received, one, many)
      : `${count(counts.received)} of ${counted(total, one, many)}`;
  const known = counts.known === 0 ? "" : ` (${count(counts.known)} were here before)`;
  const through = counts.records - counts.ends.live - counts.held - counts.going;
  return `${of} received${known}, ${counted(through, record)} had their turn.`;
}

/** "120 a minute, about 2 hours left."; null while nothing can be told. */
export function paceSentence({ perMinute, minutesLeft }: Estimate): string | null {
  const rate = perMinute === null ? null : rateWords(perMinute);
  const left = minutesLeft === null ? null : minutesLeft <= 0 ? null : `${leftWords(minutesLeft)} left`;
  if (rate === null && left === null) return null;
  return `${[rate, left].filter((part) => part !== null).join(", ")}.`;
}

function rateWords(perMinute: number): string {
  if (perMinute === 0) return "Nothing in the last minutes";
  return perMinute >= 1 ? `${count(Math.round(perMinute))} a minute` : "less than one a minute";
}

function leftWords(minutes: number): string {
  if (minutes < 1.5) return "about a minute";
  if (minutes < 90) return `about ${Math.round(minutes)} minutes`;
  if (minutes < 36 * 60) return `about ${Math.round(minutes / 60)} hours`;
  return `about ${Math.round(minutes / (24 * 60))} days`;
}

/** "1 hour 5 minutes". */
export function durationWords(minutes: number): string {
  const whole = Math.max(0, Math.round(minutes));
  if (whole < 1) return "less than a minute";
  const [days, hours, rest] = [Math.floor(whole / 1_440), Math.floor((whole % 1_440) / 60), whole % 60];
  const parts = [
    ...(days > 0 ? [counted(days, "day")] : []),
    ...(hours > 0 ? [counted(hours, "hour")] : []),
    ...(rest > 0 && days === 0 ? [counted(rest, "minute")] : []),
  ];
  return parts.join(" ");
}

/** What to write to SecuTix. */
export function requestText(institution: string, streams: readonly ImportStream[], since: string): string {
  const what = streams.map((stream) => streamWords[stream].many).join(" and ");
  return `Please flag all ${what} of the institution ${institution} that were changed since ${since}, so that they are sent again through the webhooks we have set up. Please tell us how many there are.`;
}
