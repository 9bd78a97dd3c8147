import type { FeedStatus, S360CallStatus } from "@/lib/connections/contract";
import { count, counted } from "../ui/numbers";

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "UTC" });

/** Within this the clocks' whole seconds blur, and tokens are safe. */
const noticeableMs = 2_000;

/** How much of the month's calls will be used: "At this pace 8,400 of 10,000 calls by 30 November." */
export function forecastSentence({ month, perMonth, forecast, monthEnds }: S360CallStatus): string {
  const end = day.format(new Date(monthEnds));
  if (perMonth === null) return `At this pace ${counted(forecast, "call")} by ${end}; no limit is set.`;
  if (month >= perMonth) {
    return `All ${count(perMonth)} calls of this month are used up: nothing goes to S-360 until after ${end} (UTC).`;
  }
  return `At this pace ${count(forecast)} of ${count(perMonth)} calls by ${end}.`;
}

/** What a clock that differs is told as; null while there is nothing to tell. */
export function clockSentence(skewMs: number | null): string | null {
  if (skewMs === null || Math.abs(skewMs) <= noticeableMs) return null;
  const seconds = counted(Math.round(Math.abs(skewMs) / 1_000), "second");
  return `S-360’s clock is ${seconds} ${skewMs > 0 ? "ahead of" : "behind"} the connector’s.`;
}

/** What the last poll found: "12 read, 3 changed, 1 not in S-360". */
export function pollSentence({ lastRows, lastChanges, lastStrangers }: FeedStatus): string {
  if (lastRows === 0) return "Nothing";
  const strangers = lastStrangers > 0 ? `, ${count(lastStrangers)} not in S-360` : "";
  return `${count(lastRows)} read, ${count(lastChanges)} changed${strangers}`;
}

/** What to do so that edits go back to S-360. */
export function setUpSentence({ enabled, missing }: FeedStatus): string {
  if (!enabled) {
    return "It is switched off: set contactsOut.enabled to true in the connection’s file and apply the file again.";
  }
  return `Calls to S-360 are signed, and the connection’s file does not give ${listed(missing)}. Add what is missing there and apply the file again.`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}
