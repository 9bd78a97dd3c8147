/**
 * What S-360 is asked for is kept from other workers by a time in its row, moved on while it is asked. Whoever claims it
 * after that has run out stores another time, so the time tells whose it is: what came of it is noted under the time that
 * was stored last, and a worker that was stopped for long neither asks once more nor forgets what was told since.
 */
import { sql } from "drizzle-orm";

/** Of a thing that is asked for. */
export interface Claim {
  /** Until when nobody else asks, as its row says, to the microsecond. */
  readonly askingUntil: string;
}

/** A worker that dies while it asks holds nobody up for longer. */
export const askingFor = sql`interval '1 minute'`;

/** Another worker has asked since, or asks now. */
export class ClaimLost extends Error {
  override readonly name = "ClaimLost";
}

export const isHeld = ({ askingUntil }: Claim) => sql`asking_until = ${askingUntil}::timestamptz`;

/** The same thing under the time that was stored now. @throws ClaimLost where none was */
export function renewed<Thing extends Claim>(
  thing: Thing,
  rows: readonly { readonly until: string }[],
): Thing {
  const [row] = rows;
  if (!row) throw new ClaimLost();
  return { ...thing, askingUntil: row.until };
}
