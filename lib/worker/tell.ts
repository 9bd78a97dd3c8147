/**
 * Tells people by mail what opened under Reviews: one mail per connection for all that was not told yet.
 *
 * Concurrency: an advisory lock per connection, held by the transaction that reads, sends and marks, so that two workers never
 * send the same mail, while the reviews themselves stay free for those who decide and for the pipeline. The mark comes
 * after the sending: a worker that dies in between leaves them unmarked, and the mail goes out once more rather than never, under
 * the same Message-ID.
 */
import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { describeError, type Logger } from "@/lib/platform/log";
import { MailError, type Mailer } from "@/lib/platform/mail";
import { digest } from "./digest";
import { connectionsToTell, unmailed, type ToTell } from "./untold";

export interface TellInput {
  readonly db: Database;
  readonly log: Logger;
  /** Null: no mail server is set up, and nothing is sent. */
  readonly mailer: Mailer | null;
  /** Where the app is, without a slash at its end. */
  readonly publicUrl: string;
}

/** By connection: when a mail is tried again after failures in a row. */
type Pauses = Map<number, { readonly until: number; readonly times: number }>;

const processPauses: Pauses = new Map();

/** Any number; the connection's id is the other half of the lock. */
const lockKey = 836_003;
const firstPauseMs = 60_000;
const longestPauseMs = 3_600_000;

/**
 * To be called about once a minute. Never throws: what goes wrong is logged, without addresses, and tried again after a
 * pause that doubles from one minute to one hour.
 */
export async function tellPeople(input: TellInput, pauses = processPauses): Promise<void> {
  const { db, log, mailer } = input;
  if (!mailer) return;
  try {
    for (const connection of await connectionsToTell(db)) {
      const pause = pauses.get(connection.id);
      if (!pause || pause.until <= Date.now()) await tellOne(input, mailer, connection, pauses);
    }
  } catch (error) {
    log.warn({ err: describeError(error) }, "nobody could be told by mail");
  }
}

async function tellOne(input: TellInput, mailer: Mailer, connection: ToTell, pauses: Pauses): Promise<void> {
  const { db, log } = input;
  const connectionId = connection.id;
  const sent: number[] = [];
  try {
    // Once: a second run would send a second mail.
    await transact(db, (tx) => sendAndMark(tx, input, mailer, connection, sent), 1);
    pauses.delete(connectionId);
  } catch (error) {
    if (sent.length > 0 && (await markAnyway(db, sent))) return void pauses.delete(connectionId);
    const times = (pauses.get(connectionId)?.times ?? 0) + 1;
    const pauseMs = Math.min(firstPauseMs * 2 ** (times - 1), longestPauseMs);
    pauses.set(connectionId, { until: Date.now() + pauseMs, times });
    const why =
      error instanceof MailError
        ? { code: error.code, command: error.command, answer: error.answer }
        : { err: describeError(error) };
    log.warn({ connectionId, ...why, nextInSeconds: pauseMs / 1_000 }, "the mail was not sent");
  }
}

async function sendAndMark(
  tx: Queryable,
  { log, publicUrl }: TellInput,
  mailer: Mailer,
  { id, institution, name, to }: ToTell,
  sent: number[],
): Promise<void> {
  // A server that ends idle transactions must not end this one while the mail server is waited for.
  await tx.execute(sql`set local idle_in_transaction_session_timeout = 0`);
  const turn = await tx.execute<{ mine: boolean }>(sql`
    select pg_try_advisory_xact_lock(${lockKey}::int, ${id}::int) as mine`);
  if (!turn.rows[0]?.mine) return;
  const { ids, groups } = await unmailed(tx, id);
  if (ids.length === 0) return;
  const mail = digest({ institution, name, publicUrl, groups });
  const { taken, refused } = await mailer.send({ ...mail, to, id: mailId(id, ids) });
  sent.push(...ids);
  await mark(tx, ids);
  log.info({ connectionId: id, reviews: ids.length, recipients: taken, refused }, "told by mail");
}

async function mark(db: Queryable, ids: readonly number[]): Promise<void> {
  await db.execute(sql`
    update review set mailed_at = now() where mailed_at is null and id = any(${sql.param(ids)}::bigint[])`);
}

/** The mail is out, but its transaction broke: the mark is tried once more by itself. */
async function markAnyway(db: Database, ids: readonly number[]): Promise<boolean> {
  return mark(db, ids).then(
    () => true,
    () => false,
  );
}

function mailId(connectionId: number, ids: readonly number[]): string {
  return createHash("sha256").update(`${connectionId}:${ids.join()}`).digest("hex").slice(0, 32);
}
