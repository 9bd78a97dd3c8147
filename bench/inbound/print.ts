import type { Measured } from "./backlog";
import type { Goal } from "./goals";
import type { Spread } from "./numbers";
import type { BacklogLine, Figures } from "./report";

/** The figures as tables, and the goals line by line. */
export function printReport(figures: Figures, goals: readonly Goal[]): void {
  console.log("\nBacklogs (stored first, then released)");
  console.table(figures.backlogs.flatMap(backlogRows));
  console.log("\nA cycle of 500 contacts and 500 orders, in payloads of 50");
  console.table(
    (["one-way", "two-way"] as const).flatMap((fields) =>
      (["created", "known"] as const).map((contacts) => {
        const { calls, deliveryMs } = figures.cycles[fields][contacts];
        const { p50, p95 } = deliveryMs;
        const who = contacts === "created" ? "new" : "known";
        return { fields, contacts: who, calls: calls.join(" "), "in Salesforce p50 ms": p50, "p95 ms": p95 };
      }),
    ),
  );
  const { acknowledgement: door } = figures;
  console.log("\nThe 200, 20 payloads of 50 a second, ms from the planned moment");
  console.table({
    "bare INSERT": cells(door.bareInsertMs),
    "connector, nothing written": cells(door.receivingMs),
    "connector, worker writes": cells(door.workingMs),
    "receipt to in Salesforce": cells(door.deliveryMs),
  });
  console.log("p99 of the 200 in bare INSERTs", door.p99Ratio);
  console.log("\nMost memory, MB", figures.memoryMb);
  console.log("\nGoals");
  for (const { goal, figure, met } of goals)
    console.log(`${met ? "met    " : "NOT MET"}  ${goal}; it is ${figure}`);
}

function backlogRows(line: BacklogLine) {
  return (["created", "changed"] as const).map((kind) => ({
    "latency ms": line.latencyMs,
    what: line.what,
    fields: line.fields,
    who: line.who,
    records: kind === "created" ? "new" : "linked",
    "calls per 1,000": line[kind].callsPer1000,
    "records/s": line[kind].recordsPerSecond,
    "CPU ms per 1,000": cpuText(line[kind].cpuMsPer1000),
  }));
}

function cpuText(cpu: Measured["cpuMsPer1000"]): string {
  return cpu ? `worker ${cpu.worker}, database ${cpu.database}` : "";
}

const cells = ({ p50, p95, p99, worst }: Spread) => ({ p50, p95, p99, worst });
