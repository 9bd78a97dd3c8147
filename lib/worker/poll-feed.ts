/** One turn of a claimed feed: polled where the way back is set up, and let go with the time of its next turn. */
import { FaultError, type Fault } from "@/lib/core/faults";
import { lanesThatMaySpend, spendFor } from "@/lib/budget/spending";
import { loadConnectionById } from "@/lib/connections/load";
import { slowedSeconds } from "@/lib/core/budget/slowed";
import { lanes } from "@/lib/core/words";
import type { Database } from "@/lib/platform/db";
import { describeError, type Logger } from "@/lib/platform/log";
import { releaseFeed, renewFeed, type ClaimedFeed } from "./feeds";
import type { OpenDeps } from "./open-deps";
import { poll, type PollReport } from "./poll";

const renewMs = 15_000;
/** How soon a connection whose way back is off, or not set up yet, is looked at again. */
const idleSeconds = 30;

interface FeedInput {
  readonly db: Database;
  readonly log: Logger;
  readonly openDeps: OpenDeps;
  readonly signal?: AbortSignal;
}

/** Throws only when the database is away: then the lease runs out by itself. */
export async function pollFeed(input: FeedInput, feed: ClaimedFeed): Promise<PollReport | null> {
  const { db, log } = input;
  const renewal = setInterval(() => {
    renewFeed(db, feed).catch((error: unknown) =>
      log.warn({ err: describeError(error) }, "the feed's lease could not be renewed"),
    );
  }, renewMs);
  try {
    const { report, fault, nextInSeconds } = await turn(input, feed);
    await releaseFeed(db, feed, nextInSeconds, { report, fault });
    if (report && (report.changes > 0 || fault)) {
      const { connectionId } = feed;
      log.info({ connectionId, ...report, ...(fault && { code: fault.code }) }, "polled");
    }
    return report;
  } finally {
    clearInterval(renewal);
  }
}

interface Turn {
  readonly report: PollReport | null;
  readonly fault: Fault | null;
  readonly nextInSeconds: number;
}

async function turn({ db, openDeps, signal }: FeedInput, { connectionId }: ClaimedFeed): Promise<Turn> {
  const connection = await loadConnectionById(db, connectionId);
  const idle = { report: null, fault: null, nextInSeconds: idleSeconds };
  if (!connection) return idle;
  const { pollSeconds, massLimit } = connection.settings.contactsOut;
  const open = await lanesThatMaySpend(db, connectionId);
  try {
    const deps = await openDeps(connectionId, "out");
    if (!deps.contacts) return idle;
    const baseline = open.includes(lanes.reconciliation);
    const { fault, ...report } = await spendFor(lanes.replay, () =>
      poll({ deps, connectionId, massLimit, baseline, signal }),
    );
    const nextInSeconds = open.includes(lanes.replay) ? pollSeconds : slowedSeconds(pollSeconds);
    return { report, fault, nextInSeconds };
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return { report: null, fault: error.fault, nextInSeconds: idleSeconds };
  }
}
