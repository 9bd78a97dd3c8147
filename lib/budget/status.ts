import { laneVerdicts, usedByOthers, usedByUs } from "@/lib/core/budget/budget";
import { forecastCalls } from "@/lib/core/budget/forecast";
import { grantedCalls } from "@/lib/core/budget/grant";
import { dayAround } from "@/lib/core/moments";
import { streams, type Stream } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import type { BudgetStatus } from "./contract";
import { readFacts } from "./facts";
import { grantOf } from "./grant-calls";
import { dueByLane, sumOf, type DueRecords } from "./waiting";

const iso = (ms: number) => new Date(ms).toISOString();

/** How the calls to Salesforce stand, and how the day will end; midnight is that of the connection's time zone. */
export async function budgetStatus(
  db: Queryable,
  connection: { readonly id: number; readonly timeZone: string },
): Promise<BudgetStatus> {
  const { id, timeZone } = connection;
  const stored = await readFacts(db, id);
  if (!stored) throw new Error(`connection ${id} is gone`);
  const { facts, nowMs } = stored;
  const { dailyCalls, org } = facts;
  const closed = laneVerdicts(facts, nowMs).filter(({ open }) => !open);
  const due = await dueByLane(
    db,
    id,
    closed.map(({ lane }) => lane),
  );
  const { byMidnight, givesWay } = forecastCalls(facts, nowMs, dayAround(nowMs, timeZone));
  return {
    ...grantOf(facts),
    granted: grantedCalls(dailyCalls, org?.limit ?? null),
    limit: org?.limit ?? null,
    ours: usedByUs(facts, nowMs),
    others: usedByOthers(facts, nowMs),
    heardAt: org && iso(org.heardMs),
    byMidnight,
    givesWay: givesWay.map(({ lane, atMs }) => ({ lane, at: iso(atMs) })),
    closed: closed.map(({ lane, opensAtMs }) => ({
      lane,
      opensAt: opensAtMs === null ? null : iso(opensAtMs),
      records: sumOf(due, lane),
    })),
    waiting: Object.fromEntries(
      streams.map((stream) => [stream, waitingIn(due, stream)]),
    ) as BudgetStatus["waiting"],
  };
}

function waitingIn(due: readonly DueRecords[], stream: Stream): number {
  return due.reduce((sum, one) => sum + (one.stream === stream ? one.records : 0), 0);
}
