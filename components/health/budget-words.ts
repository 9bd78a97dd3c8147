/** How the calls to Salesforce are told to people. Pure. */
import type { BudgetStatus, ClosedLane } from "@/lib/budget/contract";
import { clockWords, laneWords, listLanes, momentWords } from "@/lib/core/budget/words";
import { allLanes, lanes } from "@/lib/core/words";
import { count, counted } from "../ui/numbers";

/** "50,000 (50 %)", "20,000"; the share alone while nobody knows of what. */
export function grantedWords({ dailyCalls, granted }: BudgetStatus): string {
  const share = typeof dailyCalls === "string" ? `${dailyCalls.slice(0, -1)} %` : null;
  if (granted === null) return `${share ?? ""} of what Salesforce allows`;
  return share === null ? count(granted) : `${count(granted)} (${share})`;
}

/** How the day ends: "At the pace of the last three hours 3,400 calls today, until midnight (Europe/Zurich)." */
export function daySentence({ byMidnight, givesWay, closed }: BudgetStatus, timeZone: string): string {
  const end = `At the pace of the last three hours ${counted(byMidnight, "call")} today, until midnight (${timeZone})`;
  const first = givesWay[0];
  if (!first) return closed.length > 0 ? `${end}.` : `${end}: nothing has to wait.`;
  const times = new Map<string, string[]>();
  for (const { lane, at } of givesWay) {
    const clock = clockWords(Date.parse(at), timeZone);
    times.set(clock, [...(times.get(clock) ?? []), laneWords[lane]]);
  }
  const waits = [...times].map(([clock, words]) => `${words.join(", ")} from ${clock}`);
  return `${end}. Then these wait: ${waits.join("; ")}.`;
}

/** What happens when what is granted is nearly used up. */
export const orderSentence = `When what is granted runs short, ${listLanes(
  allLanes.filter((lane) => lane !== lanes.liveOrders).toReversed(),
)} wait, in this order; live orders go on to the last call. Salesforce is then asked less often what changed there. Nothing is lost, and it goes on by itself.`;

/** "Imports and re-processing: 12,000 records wait until about 14:00 on 1 December (Europe/Zurich)". */
export function closedSentence({ lane, opensAt, records }: ClosedLane, timeZone: string): string {
  const words = laneWords[lane];
  const name = words.charAt(0).toUpperCase() + words.slice(1);
  const waits = records > 0 ? `${counted(records, "record")} ${records === 1 ? "waits" : "wait"}` : "wait";
  const until =
    opensAt === null
      ? "until calls are free again"
      : `until about ${momentWords(Date.parse(opensAt), timeZone)}`;
  return `${name}: ${waits} ${until}`;
}
