/** Calls to Salesforce in a connection's status, for a terminal. Pure. */
import type { BudgetStatus } from "@/lib/budget/contract";
import { laneWords } from "@/lib/core/budget/words";
import { time } from "./status-time";

export function budgetLines(budget: BudgetStatus): string[] {
  const { dailyCalls, granted, limit, ours, others, byMidnight, closed } = budget;
  const share = granted === null || typeof dailyCalls === "number" ? "" : ` (${dailyCalls})`;
  const org = limit === null ? "" : `; others of the org ${others}, Salesforce allows ${limit}`;
  return [
    `  Calls to Salesforce in 24 hours: ${ours} of ${granted ?? dailyCalls} granted${share}${org}; at this pace ${byMidnight} today`,
    ...closed.map(
      ({ lane, opensAt, records }) =>
        `  Calls run short: ${laneWords[lane]} wait` +
        (records > 0 ? `, ${records} ${records === 1 ? "record" : "records"}` : "") +
        (opensAt === null ? "" : `, until ${time(opensAt)}`),
    ),
  ];
}
