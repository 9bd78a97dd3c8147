/** How long a batch waits for expressions that take too long: for each line some records in a row, then no more. */
import { outOfTime } from "@/lib/core/mapping/expression/clock";
import type { CompiledMapping } from "@/lib/core/mapping/evaluation";

type Run<Context> = (source: unknown, context: Context) => Promise<unknown>;

/** Time-outs in a row after which nothing else is to be expected of an expression: each takes its time twice. */
export const patientFor = 20;

/** How the expressions of one mapping have done so far: by the index of their line, the filter by its name. */
export type Patience = Map<number | "filter", Standing>;

interface Standing {
  /** Time-outs since the last record that was in time. */
  inARow: number;
  /** The very error of the one before: it says what is wrong, and where. */
  last: unknown;
}

/**
 * A mapping for one batch, or for as many as share a `patience`. An expression that was out of time on `patientFor`
 * records in a row is not tried on the next ones: they end as these did, and are tried again later.
 */
export function withPatience(compiled: CompiledMapping, patience: Patience = new Map()): CompiledMapping {
  const { filter, lines } = compiled;
  return {
    ...compiled,
    filter: filter && { ...filter, run: patient(filter.run, standingOf(patience, "filter")) },
    lines: lines.map((line) => ({ ...line, run: patient(line.run, standingOf(patience, line.index)) })),
  };
}

function standingOf(patience: Patience, of: number | "filter"): Standing {
  const standing = patience.get(of) ?? { inARow: 0, last: undefined };
  patience.set(of, standing);
  return standing;
}

function patient<Context>(run: Run<Context>, standing: Standing): Run<Context> {
  return async (source, context) => {
    if (standing.inARow >= patientFor) throw standing.last;
    try {
      const found = await run(source, context);
      standing.inARow = 0;
      return found;
    } catch (error) {
      standing.inARow = (error as { code?: unknown }).code === outOfTime ? standing.inARow + 1 : 0;
      standing.last = error;
      throw error;
    }
  };
}
