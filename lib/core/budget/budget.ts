/**
 * Which lanes may spend calls to Salesforce. The org allows so many in any 24 hours, and an admin grants the connector a
 * share. Of that each lane leaves something untouched for the more urgent ones: so the least urgent gives way first and
 * live orders go on to the last call. Pure: counts and the time come from outside.
 */
import { allLanes, lanes, type Lane } from "../words";
import { grantedCalls, type DailyCalls } from "./grant";

/** By lane: the part of what is granted that it leaves to those that go before it. */
export const keptBack: readonly number[] = [0, 0.1, 0.25, 0.4, 0.5];

const hourMs = 60 * 60_000;
const windowMs = 24 * hourMs;
/** What the org said of its other integrations is old after this: then one call is worth asking for. */
const heardForMs = hourMs;

/** Calls of the connector in the hour that begins there. */
export interface HourCalls {
  readonly hourMs: number;
  readonly lane: Lane;
  readonly calls: number;
}

export interface BudgetFacts {
  readonly dailyCalls: DailyCalls;
  /** The connector's own, of the last day and a bit. */
  readonly hours: readonly HourCalls[];
  /** What the org has counted in its last 24 hours, all integrations together, as it last said. */
  readonly org: { readonly used: number; readonly limit: number; readonly heardMs: number } | null;
}

export interface LaneVerdict {
  readonly lane: Lane;
  readonly open: boolean;
  /** When a lane that gives way may spend again if nothing more is spent; null: open, or it never will. */
  readonly opensAtMs: number | null;
}

/** The verdict on every lane at a moment, the most urgent first. Without a known limit of the org all of them are open. */
export function laneVerdicts(facts: BudgetFacts, nowMs: number): LaneVerdict[] {
  const moments = changes(facts, nowMs);
  return allLanes.map((lane) => {
    const open = mayBeSpent(facts, lane, nowMs);
    const opensAtMs = open ? null : (moments.find((at) => mayBeSpent(facts, lane, at)) ?? null);
    return { lane, open, opensAtMs };
  });
}

/** The lanes that may spend a call at a moment. */
export function openLanes(facts: BudgetFacts, nowMs: number): Lane[] {
  return allLanes.filter((lane) => mayBeSpent(facts, lane, nowMs));
}

/** The connector's own calls in the 24 hours before a moment. The hour that is leaving counts until it is gone. */
export function usedByUs({ hours }: Pick<BudgetFacts, "hours">, atMs: number): number {
  return hours.reduce((sum, hour) => sum + (leavesAt(hour) > atMs ? hour.calls : 0), 0);
}

/** Calls of the org's other integrations in those 24 hours, as far as the org has said. */
export function usedByOthers({ hours, org }: BudgetFacts, atMs: number): number {
  if (!org || atMs - org.heardMs >= windowMs) return 0;
  const known = hours.filter((hour) => hour.hourMs <= org.heardMs);
  return Math.max(0, org.used - usedByUs({ hours: known }, org.heardMs));
}

function mayBeSpent(facts: BudgetFacts, lane: Lane, atMs: number): boolean {
  const { dailyCalls, org } = facts;
  const granted = grantedCalls(dailyCalls, org?.limit ?? null);
  if (granted === null) return true;
  const ours = usedByUs(facts, atMs);
  const kept = Math.floor(granted * (keptBack[lane] ?? 0));
  if (granted - ours <= kept) return false;
  // Whether the org still takes a live order, the org itself says: it may allow more than its limit.
  if (lane === lanes.liveOrders || !org || atMs - org.heardMs >= heardForMs) return true;
  return org.limit - usedByOthers(facts, atMs) - ours > kept;
}

/** When hours leave the window, and when what the org said is old: nothing opens in between. */
function changes({ hours, org }: BudgetFacts, nowMs: number): number[] {
  const moments = [...hours.map(leavesAt), ...(org ? [org.heardMs + heardForMs] : [])];
  return moments.filter((at) => at > nowMs).sort((a, b) => a - b);
}

function leavesAt(hour: HourCalls): number {
  return hour.hourMs + hourMs + windowMs;
}
