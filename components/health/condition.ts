import type { StreamStatus } from "@/lib/connections/contract";
import { recordStates } from "@/lib/core/words";
import type { Tone } from "../ui/tone";

export interface Condition {
  readonly tone: Tone;
  readonly label: string;
}

/** How a stream is doing, in two words: what needs a person comes first. */
export function streamCondition({ paused, records, unusableItems, lastReceivedAt }: StreamStatus): Condition {
  if (paused) return { tone: "warning", label: "Paused" };
  if (records.failed + records.review > 0 || unusableItems > 0)
    return { tone: "error", label: "Needs attention" };
  if (records.retrying > 0) return { tone: "warning", label: "Retrying" };
  if (records.pending > 0) return { tone: "info", label: "Writing" };
  if (records.waiting > 0) return { tone: "info", label: "Waiting" };
  if (lastReceivedAt === null) return { tone: "neutral", label: "Nothing received yet" };
  return { tone: "success", label: "In step" };
}

/** Whether anything ever came in through this stream. */
export function hasReceived({ lastReceivedAt, records, unusableItems, ignoredItems }: StreamStatus): boolean {
  const known = recordStates.some((state) => records[state] > 0);
  return lastReceivedAt !== null || known || unusableItems + ignoredItems > 0;
}
