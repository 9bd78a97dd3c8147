/** The sentences in which people are told that calls run short. Pure. */
import { lanes, type Lane } from "../words";
import { usedByOthers, usedByUs, type BudgetFacts, type LaneVerdict } from "./budget";
import { grantedCalls } from "./grant";

export const laneWords: Readonly<Record<Lane, string>> = {
  [lanes.liveOrders]: "live orders",
  [lanes.liveContacts]: "live contacts",
  [lanes.replay]: "records tried again",
  [lanes.backfill]: "imports and re-processing",
  [lanes.reconciliation]: "look-ups",
};

/** "live contacts, records tried again and look-ups" */
export function listLanes(named: readonly Lane[]): string {
  const words = named.map((lane) => laneWords[lane]);
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}

/** Why a lane gives way, until when, and what a person can do. Times in `timeZone`. */
export function shortageSentence(
  facts: BudgetFacts,
  { lane, opensAtMs }: LaneVerdict,
  nowMs: number,
  timeZone: string,
): string {
  const when =
    opensAtMs === null
      ? "They go on by themselves when calls are free again"
      : `They go on by themselves from about ${momentWords(opensAtMs, timeZone)}`;
  return `${capital(laneWords[lane])} wait: ${reason(facts, nowMs)} ${when}, and sooner when more calls are granted on the Health page.`;
}

function reason(facts: BudgetFacts, nowMs: number): string {
  const { dailyCalls, org } = facts;
  const ours = usedByUs(facts, nowMs);
  const others = usedByOthers(facts, nowMs);
  const granted = grantedCalls(dailyCalls, org?.limit ?? null) ?? 0;
  if (org && org.limit - others - ours < granted - ours) {
    return `all integrations together have used ${count(ours + others)} of the ${count(org.limit)} calls that Salesforce allows in 24 hours, and the rest is kept for what is more urgent.`;
  }
  return `${count(ours)} of the ${count(granted)} calls to Salesforce that are granted in 24 hours are used, and the rest is kept for what is more urgent.`;
}

/** "22:00 on 30 November (Europe/Zurich)" */
export function momentWords(ms: number, timeZone: string): string {
  const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone });
  return `${clockWords(ms, timeZone)} on ${day.format(ms)} (${timeZone})`;
}

/** "22:00" */
export function clockWords(ms: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone },
  }).format(ms);
}

const whole = new Intl.NumberFormat("en");
const count = (value: number) => whole.format(value);

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
