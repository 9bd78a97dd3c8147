/** What the product promises of its speed and cost, held against the figures of one run. */
import type { Measured } from "./backlog";
import { rounded } from "./numbers";
import type { BacklogLine, Fields, Figures, Who } from "./report";

export interface Goal {
  readonly goal: string;
  readonly figure: number;
  readonly met: boolean;
}

const throughputAtMs = 100;
const mostWorkerMb = 400;

export function goalsOf(figures: Figures): Goal[] {
  const { acknowledgement, memoryMb, cycles } = figures;
  return [
    ...callGoals(figures, "one-way", 1),
    ...callGoals(figures, "two-way", 2),
    atMost("API calls of a cycle, one-way fields, new contacts", 3, most(cycles["one-way"].created.calls)),
    atMost("API calls of a cycle, one-way fields, known contacts", 3, most(cycles["one-way"].known.calls)),
    atMost("API calls of a cycle, two-way fields, new contacts", 5, most(cycles["two-way"].created.calls)),
    atMost("API calls of a cycle, two-way fields, known contacts", 5, most(cycles["two-way"].known.calls)),
    atMost("p99 of the 200 while the worker writes, in bare INSERTs", 3, acknowledgement.p99Ratio.working),
    atMost("p99 of the 200 while nothing is written, in bare INSERTs", 3, acknowledgement.p99Ratio.receiving),
    ...throughputGoals(figures),
    atMost("MB of the worker, most", mostWorkerMb, memoryMb["worker"] ?? Infinity),
  ];
}

function callGoals({ backlogs }: Figures, fields: Fields, goal: number): Goal[] {
  return (["contacts", "operations"] as const).flatMap((what) => {
    const lines = backlogs.filter(
      (line) => isOf(line, "connector") && line.fields === fields && line.what === what,
    );
    if (lines.length === 0) return [];
    const figure = most(lines.map(({ changed }) => changed.callsPer1000));
    return [atMost(`API calls per 1,000 linked ${what}, ${fields} fields`, goal, figure)];
  });
}

/** Records a second beside a script that writes arrays of 200 and nothing else. */
function throughputGoals({ backlogs }: Figures): Goal[] {
  const lines = backlogs.filter(
    ({ latencyMs, fields }) => latencyMs === throughputAtMs && fields === "one-way",
  );
  return (["contacts", "operations"] as const).flatMap((what) =>
    (["created", "changed"] as const).flatMap((kind) => {
      const speedOf = (who: Who): Measured | undefined =>
        lines.find((line) => isOf(line, who) && line.what === what)?.[kind];
      const [ours, theirs] = [speedOf("connector"), speedOf("jsforce arrays of 200")];
      if (!ours || !theirs) return [];
      const figure = rounded(ours.recordsPerSecond / theirs.recordsPerSecond);
      return [
        {
          goal: `speed of ${kind} ${what} at ${throughputAtMs} ms, in jsforce arrays: at least 0.7`,
          figure,
          met: figure >= 0.7,
        },
      ];
    }),
  );
}

function isOf(line: BacklogLine, who: Who): boolean {
  return line.who === who;
}

function atMost(what: string, goal: number, figure: number): Goal {
  return { goal: `${what}: at most ${goal}`, figure, met: figure <= goal };
}

const most = (values: readonly number[]): number => Math.max(...values);
