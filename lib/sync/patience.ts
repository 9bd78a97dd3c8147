/** How long a batch waits for expressions that take too long: for each line some records in a row, then no more. */
import { outOfTime } from "@/lib/core/mapping/expression/clock";
import type { CompiledMapping } from "@/lib/core/mapping/evaluation";

type Run<Context> = (source: unknown, context: Context) => Promise<unknown>;

/** Time-outs in a row after which nothing else is to be expected of an expression: each takes its time twice. */
export const patientFor = 20;

/**
 * A mapping for one batch. An expression that was out of time on `patientFor` records in a row is not tried on the next
 * ones: they end as these did, and are tried again later.
 */
export function withPatience(compiled: CompiledMapping): CompiledMapping {
  const { filter, lines } = compiled;
  return {
    ...compiled,
    filter: filter && { ...filter, run: patient(filter.run) },
    lines: lines.map((line) => ({ ...line, run: patient(line.run) })),
  };
}

function patient<Context>(run: Run<Context>): Run<Context> {
  let inARow = 0;
  let last: unknown;
  return async (source, context) => {
    // The very error of the one before: it says what is wrong, and where.
    if (inARow >= patientFor) throw last;
    try {
      const found = await run(source, context);
      inARow = 0;
      return found;
    } catch (error) {
      inARow = (error as { code?: unknown }).code === outOfTime ? inARow + 1 : 0;
      last = error;
      throw error;
    }
  };
}
