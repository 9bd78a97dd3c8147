import { eq } from "drizzle-orm";
import { connection } from "@/drizzle/schema";
import { laneVerdicts } from "@/lib/core/budget/budget";
import { shortageSentence } from "@/lib/core/budget/words";
import type { Lane } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import { readFacts } from "./facts";

/** Why nothing of a lane is written just now because calls to Salesforce run short; null while it may go on. */
export async function shortageOf(db: Queryable, connectionId: number, lane: Lane): Promise<string | null> {
  const stored = await readFacts(db, connectionId);
  const verdict = stored && laneVerdicts(stored.facts, stored.nowMs).find((one) => one.lane === lane);
  if (!stored || !verdict || verdict.open) return null;
  const [found] = await db
    .select({ timeZone: connection.timeZone })
    .from(connection)
    .where(eq(connection.id, connectionId));
  return shortageSentence(stored.facts, verdict, stored.nowMs, found?.timeZone ?? "UTC");
}
