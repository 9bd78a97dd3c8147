/**
 * What becomes of calls that could not be taken in. They keep their place, as a call that is folded after a newer one of the
 * same record would win over it: the stream waits. What the database has no strength for is tried again without end, for it
 * would be no better off with the next call. What may lie in the call itself is tried so many times, and then set aside.
 */
import { sql } from "drizzle-orm";
import type { Fault } from "@/lib/core/faults";
import { causeOf, sqlState, type Database } from "@/lib/platform/db";

export interface TakenCall {
  readonly id: number;
  /** How often it had failed before. */
  readonly tries: number;
  /** So large that a worker may run out of memory over it. */
  readonly large: boolean;
}

/** One that has failed as often as this is set aside. */
export const triesAtMost = 4;

/** After the first failure of a call that was taken in alone, the second and so on: minutes in all. */
const pausesSeconds = [5, 30, 120] as const;
const setAsideAgainSeconds = 120;
const databaseAgainSeconds = 15;
const longestMessage = 500;

/** A large call counts its try before it begins: a worker that it kills could not do so afterwards. */
export async function noteStart(db: Database, id: number): Promise<void> {
  await db.execute(sql`update payload set tries = tries + 1 where id = ${id}`);
}

/** Calls that failed together go alone the next time, at once, so that it turns out which of them it was. */
export async function putOff(db: Database, calls: readonly TakenCall[], error: unknown): Promise<void> {
  const [first] = calls;
  if (!first) return;
  const blameless = isDatabaseInTrouble(error) && !(first.large && isTooMuch(error));
  const tries = blameless ? Math.max(first.tries, 1) : first.tries + 1;
  const pause = blameless ? databaseAgainSeconds : calls.length > 1 ? 0 : pauseSeconds(tries);
  await db.execute(sql`
    update payload set tries = ${tries}, due_at = now() + ${pause} * interval '1 second',
      fault = ${JSON.stringify(faultOf(error))}::jsonb
    where id = any(${sql.param(calls.map(({ id }) => id))}::bigint[])`);
}

function pauseSeconds(tries: number): number {
  if (tries === triesAtMost) return 0;
  return pausesSeconds[tries - 1] ?? setAsideAgainSeconds;
}

/**
 * Transactions undone (40), authorisation (28), what is missing or forbidden, as while a new version is installed (3D, 3F, 42),
 * disk and connections (53), locks (55), intervention (57), input and output (58), read only (25): the next call would
 * fare no better.
 */
function isDatabaseInTrouble(error: unknown): boolean {
  return /^(25|28|3D|3F|40|42|53|55|57|58)/.test(sqlState(error) ?? "");
}

/** Out of memory, or of time: a large call may be the reason, and the next one would fare better. */
function isTooMuch(error: unknown): boolean {
  return /^(53200|57014)$/.test(sqlState(error) ?? "");
}

const plainWords: Readonly<Record<string, string>> = {
  "53100": "The database has no room left on its disk. Make room.",
  "55P03": "The database could not get hold of a record that something else works on.",
  "57014": "The database took too long.",
  "25006": "The database takes nothing new: it is read only.",
};

function faultOf(error: unknown): Fault {
  const cause = causeOf(error);
  const state = sqlState(error);
  const sentence =
    (state && plainWords[state]) ??
    (state
      ? `The database refuses it (${state}).`
      : `The connector met a mistake of its own (${cause.name}).`);
  return {
    code: "internal",
    sentence,
    origin: { code: state ?? cause.name, message: cause.message.slice(0, longestMessage) },
  };
}
