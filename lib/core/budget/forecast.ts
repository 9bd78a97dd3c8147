/** How the calls of a day will end if they go on as in the last hours. Pure. */
import { allLanes, lanes, type Lane } from "../words";
import { openLanes, usedByOthers, usedByUs, type BudgetFacts } from "./budget";

const hourMs = 60 * 60_000;
const stepMs = 15 * 60_000;
/** So far is looked back: long enough for S-360's runs of 15 minutes to even out, short enough to notice an on-sale. */
const paceHours = 3;

export interface CallForecast {
  /** The connector's calls of the whole day: at midnight they are those of the last 24 hours. */
  readonly byMidnight: number;
  /** Lanes that are open now and give way before midnight, and when. */
  readonly givesWay: readonly { readonly lane: Lane; readonly atMs: number }[];
}

/** `day`: the midnights around now, in whatever time zone the reader is told. */
export function forecastCalls(
  facts: BudgetFacts,
  nowMs: number,
  day: { readonly beganMs: number; readonly endsMs: number },
): CallForecast {
  const perMs = paceOf(facts, nowMs);
  const today = sumSince(facts, day.beganMs);
  const byMidnight = Math.round(today + perMs * Math.max(0, day.endsMs - nowMs));
  const givesWay: { lane: Lane; atMs: number }[] = [];
  const left = new Set(openLanes(facts, nowMs));
  for (let atMs = nowMs + stepMs; atMs < day.endsMs && left.size > 0; atMs += stepMs) {
    const open = openLanes(asOf(facts, nowMs, atMs, perMs * (atMs - nowMs)), atMs);
    for (const lane of [...allLanes].reverse()) {
      if (left.has(lane) && !open.includes(lane)) {
        left.delete(lane);
        givesWay.push({ lane, atMs });
      }
    }
  }
  return { byMidnight: Math.max(byMidnight, today), givesWay };
}

/** Calls in a millisecond, over the last whole hours and the one that runs. */
function paceOf(facts: BudgetFacts, nowMs: number): number {
  const sinceMs = Math.floor(nowMs / hourMs) * hourMs - (paceHours - 1) * hourMs;
  return sumSince(facts, sinceMs) / Math.max(1, nowMs - sinceMs);
}

function sumSince({ hours }: BudgetFacts, sinceMs: number): number {
  return hours.reduce((sum, hour) => sum + (hour.hourMs + hourMs > sinceMs ? hour.calls : 0), 0);
}

/** As it will stand at a moment if so many calls more are made; the org's other integrations go on as they did. */
function asOf(facts: BudgetFacts, nowMs: number, atMs: number, calls: number): BudgetFacts {
  const more = { hourMs: nowMs, lane: lanes.liveOrders, calls: Math.round(calls) };
  const hours = [...facts.hours, more];
  const used = usedByOthers(facts, nowMs) + usedByUs({ hours }, atMs);
  return { ...facts, hours, org: facts.org && { limit: facts.org.limit, used, heardMs: atMs } };
}
