import type { ConnectionStatus, StreamStatus } from "@/lib/connections/contract";
import { recordStates, type System } from "@/lib/core/words";
import { bulkLines } from "./status-text-bulk";
import { budgetLines } from "./status-text-calls";
import { feedLines, s360CallLines } from "./status-text-way-back";
import { time } from "./status-time";

const systemTitles: Readonly<Record<System, string>> = { salesforce: "Salesforce", s360: "S-360" };

/** A connection's status for a terminal. Pure; times as they are stored, in UTC. */
export function statusText(status: ConnectionStatus): string {
  const { institution, name, org, blocked, bulkJobs, streams, mappings, calls, budget, s360Calls, feed } =
    status;
  const running = mappings.filter(({ version }) => version !== null);
  const stopped = mappings.filter(({ version }) => version === null);
  const lines = [
    name === institution ? institution : `${institution} (${name})`,
    org
      ? `  Salesforce org: ${org.name} (${org.id}), ${org.personAccounts ? "with" : "without"} person accounts`
      : "  Salesforce org: not reached yet",
    ...blocked.map(
      ({ system, until, sentence, code }) =>
        `  ${systemTitles[system]} held until ${time(until)}: ${sentence} (${code})`,
    ),
    ...bulkLines(bulkJobs),
    ...streamTable(streams),
    ...streams.flatMap(streamNotes),
    ...feedLines(feed),
    `  Mappings: ${running.map((mapping) => `${mapping.name}, version ${mapping.version}`).join("; ") || "none published"}`,
    ...(stopped.length > 0 ? [`  Not running: ${stopped.map((mapping) => mapping.name).join("; ")}`] : []),
    ...calls.map(({ system, today }) => `  Calls to ${systemTitles[system]} today: ${today}`),
    ...budgetLines(budget),
    ...s360CallLines(s360Calls, feed.setUp),
  ];
  return `${lines.join("\n")}\n`;
}

function streamTable(streams: readonly StreamStatus[]): string[] {
  const head = [
    "",
    ...recordStates.map((state) => (state === "idle" ? "in step" : state)),
    "last received",
    "last written",
  ];
  const rows = streams.map((stream) => [
    stream.name,
    ...recordStates.map((state) => String(stream.records[state])),
    time(stream.lastReceivedAt),
    time(stream.lastWrittenAt),
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return [head, ...rows].map((row) => {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    return `  ${cells.join("  ")}`;
  });
}

function streamNotes(stream: StreamStatus): string[] {
  const { name, paused, unusableItems, oldestDueSeconds } = stream;
  return [
    ...(paused ? [`  ${name} is paused since ${time(paused.at)}${paused.by ? ` by ${paused.by}` : ""}`] : []),
    ...(unusableItems > 0
      ? [
          `  ${name}: ${unusableItems} unusable ${unusableItems === 1 ? "item" : "items"} in the last seven days`,
        ]
      : []),
    ...(oldestDueSeconds !== null && oldestDueSeconds > 60
      ? [`  ${name}: the oldest record waits for its turn since ${Math.round(oldestDueSeconds / 60)} min`]
      : []),
  ];
}
