import type { FeedStatus, StreamStatus } from "@/lib/connections/contract";
import { recordStates } from "@/lib/core/words";
import type { Tone } from "../ui/tone";

export interface Condition {
  readonly tone: Tone;
  readonly label: string;
}

/**
 * How a stream is doing, in two words: what needs a person comes first. `feed`: for the stream it is read for. `short`: how
 * many of its records wait for calls to Salesforce.
 */
export function streamCondition(
  { paused, records, unusableItems, lastReceivedAt }: StreamStatus,
  feed: FeedStatus | null = null,
  short = 0,
): Condition {
  if (feed && !feed.setUp) return notSetUp(feed);
  if (paused) return { tone: "warning", label: "Paused" };
  if (records.failed + records.review > 0 || unusableItems > 0)
    return { tone: "error", label: "Needs attention" };
  if (feed?.fault) return { tone: "warning", label: "Not read" };
  if (short > 0) return { tone: "warning", label: "Waiting for calls" };
  if (records.retrying > 0) return { tone: "warning", label: "Retrying" };
  if (records.pending > 0) return { tone: "info", label: "Writing" };
  if (records.waiting > 0) return { tone: "info", label: "Waiting" };
  if (lastReceivedAt !== null) return { tone: "success", label: "In step" };
  if (!feed) return { tone: "neutral", label: "Nothing received yet" };
  return { tone: "neutral", label: feed.lastPolledAt === null ? "Not asked yet" : "Nothing changed yet" };
}

/** Set up by half is somebody's mistake; not at all may be meant. */
function notSetUp({ enabled, missing }: FeedStatus): Condition {
  if (!enabled) return { tone: "neutral", label: "Switched off" };
  return { tone: missing.length < 3 ? "warning" : "neutral", label: "Not set up" };
}

/** Whether anything ever came in through this stream. */
export function hasReceived({ lastReceivedAt, records, unusableItems, ignoredItems }: StreamStatus): boolean {
  const known = recordStates.some((state) => records[state] > 0);
  return lastReceivedAt !== null || known || unusableItems + ignoredItems > 0;
}
