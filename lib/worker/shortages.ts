import { keepCallNotices } from "@/lib/budget/notices";
import { listConnections } from "@/lib/connections/load";
import type { Database } from "@/lib/platform/db";
import { describeError, type Logger } from "@/lib/platform/log";

interface ShortagesInput {
  readonly db: Database;
  readonly log: Logger;
}

/** Looks at each connection whether calls have run short, and tells people. Never throws: it is tried again soon. */
export async function tellOfShortages(input: ShortagesInput): Promise<void> {
  const { db, log } = input;
  try {
    for (const connection of await listConnections(db)) await tellOne(input, connection);
  } catch (error) {
    log.warn({ err: describeError(error) }, "nobody could be told of calls that run short");
  }
}

async function tellOne(
  { db, log }: ShortagesInput,
  connection: { readonly id: number; readonly timeZone: string },
): Promise<void> {
  const connectionId = connection.id;
  try {
    const waiting = await keepCallNotices(db, connection);
    if (waiting.length > 0) log.info({ connectionId, lanes: waiting }, "lanes wait for calls");
  } catch (error) {
    log.warn({ connectionId, err: describeError(error) }, "lanes that wait for calls could not be told of");
  }
}
