/**
 * The worker's one loop: woken by NOTIFY or a one-second poll, it drains every connection and direction that has work,
 * and asks Salesforce what changed wherever that is due.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { spendFor } from "@/lib/budget/spending";
import { openCensuses } from "@/lib/comparison/census";
import { turnImports } from "@/lib/imports/turn";
import { streamsWithArrivals, type Arrivals } from "@/lib/inbox/take-in";
import { feedReprocesses } from "@/lib/mappings/feed-reprocess";
import { isDatabaseAway, type Database } from "@/lib/platform/db";
import { describeError, type Logger } from "@/lib/platform/log";
import type { Mailer } from "@/lib/platform/mail";
import { rest } from "@/lib/platform/rest";
import { forgetAdoptions } from "@/lib/sync/adoptions";
import { claimJobs, type ClaimedJob } from "@/lib/sync/bulk/jobs";
import { advanceBulkJob } from "./bulk-jobs";
import { takeCensus } from "./censuses";
import { carryOutDecisions, connectionsWithDecisions } from "./chores";
import { drainConnection } from "./drain";
import { dueWork, type DueWork } from "./due";
import { claimFeeds, type ClaimedFeed } from "./feeds";
import { checkKnown, connectionsToCheck } from "./known-contacts";
import { askForMissing, connectionsWithMissing } from "./missing-contacts";
import { askForNamed, connectionsWithNamed } from "./named-things";
import type { OpenDeps, OpenReader } from "./open-deps";
import { pollFeed } from "./poll-feed";
import { tellOfShortages } from "./shortages";
import { takeInAll } from "./take-in";
import { tellPeople } from "./tell";
import { keepTroubles } from "./troubles";
import type { Wake } from "./wake";

const pollMs = 1_000;
/** However often it is woken: what arrives within a moment is looked for once. */
const roundMs = 200;
const awayPauseMs = 1_000;
const decisionsPauseMs = 2_000;
const tellEveryMs = 60_000;
const missingEveryMs = 20_000;
const checkEveryMs = 60_000;
const shortagesEveryMs = 15_000;
const forgetEveryMs = 10 * 60_000;

export interface LoopInput {
  readonly db: Database;
  readonly log: Logger;
  readonly openDeps: OpenDeps;
  readonly openReader: OpenReader;
  readonly wake: Wake;
  /** Null: no mail server is set up. */
  readonly mailer: Mailer | null;
  /** Where people reach the app. */
  readonly publicUrl: string;
  /** Aborted when the worker is to stop; batches in hand are finished first. */
  readonly signal: AbortSignal;
}

/** Runs until the signal is aborted. A fault of one connection never stops the others. */
export async function runLoop(input: LoopInput): Promise<void> {
  const { db, log, signal } = input;
  const busy = new Map<string, Promise<void>>();
  let toldAt = 0;
  let missedAt = 0;
  let checkedAt = 0;
  let turnedAt = 0;
  let shortAt = 0;
  let forgotAt = 0;
  const start = (name: string, work: () => Promise<void>): void => {
    if (!busy.has(name))
      busy.set(
        name,
        work().finally(() => busy.delete(name)),
      );
  };
  while (!signal.aborted) {
    const moment = rest(roundMs, signal);
    try {
      for (const arrivals of await streamsWithArrivals(db)) {
        start(`${arrivals.connectionId} ${arrivals.stream}`, () => takeInOnce(input, arrivals));
      }
      for (const connectionId of await connectionsWithNamed(db)) {
        start(`${connectionId} named`, () => askOnce(input, connectionId, askForNamed));
      }
      await feedReprocesses(db);
      if (Date.now() - turnedAt > pollMs) {
        turnedAt = Date.now();
        await turnImports(db);
      }
      for (const work of await dueWork(db)) {
        start(`${work.connectionId} ${work.direction}`, () => drainOnce(input, work));
      }
      for (const census of await openCensuses(db)) {
        start(`census ${census.id}`, () => takeCensus(input, census));
      }
      for (const feed of await claimFeeds(db)) {
        start(`${feed.connectionId} feed`, () => pollOnce(input, feed));
      }
      for (const job of await claimJobs(db)) {
        start(`bulk job ${job.id}`, () => advanceOnce(input, job));
      }
      for (const connectionId of await connectionsWithDecisions(db)) {
        start(`${connectionId} decisions`, () => decideOnce(input, connectionId));
      }
      if (Date.now() - missedAt > missingEveryMs) {
        missedAt = Date.now();
        for (const connectionId of await connectionsWithMissing(db)) {
          start(`${connectionId} missing`, () => askOnce(input, connectionId, askForMissing));
        }
      }
      if (Date.now() - checkedAt > checkEveryMs) {
        checkedAt = Date.now();
        for (const connectionId of await connectionsToCheck(db)) {
          start(`${connectionId} known`, () => askOnce(input, connectionId, checkKnown));
        }
      }
      if (Date.now() - shortAt > shortagesEveryMs) {
        shortAt = Date.now();
        start("shortages", () => tellOfShortages(input));
      }
      if (Date.now() - toldAt > tellEveryMs) {
        toldAt = Date.now();
        start("tell", async () => {
          await keepTroubles(input);
          await tellPeople(input);
        });
      }
      if (Date.now() - forgotAt > forgetEveryMs) {
        forgotAt = Date.now();
        await forgetAdoptions(db);
      }
      await input.wake.wait(pollMs, signal);
      await moment;
    } catch (error) {
      log.warn({ err: describeError(error), away: isDatabaseAway(error) }, "the database did not answer");
      await sleep(awayPauseMs);
    }
  }
  await Promise.allSettled(busy.values());
}

async function takeInOnce(input: LoopInput, arrivals: Arrivals): Promise<void> {
  try {
    await takeInAll(input, arrivals);
  } catch (error) {
    input.log.error(
      { ...arrivals, err: describeError(error) },
      "a call was not taken in, and is tried again",
    );
    await sleep(awayPauseMs);
  }
}

async function drainOnce({ db, log, openDeps, signal }: LoopInput, work: DueWork): Promise<void> {
  const startedAt = performance.now();
  try {
    // What goes back is written one call a contact: waiting would win nothing.
    const gathers = work.direction === "in";
    const report = await drainConnection({ db, log, openDeps, ...work, gathers, signal });
    if (report.records === 0) return;
    log.info({ ...work, ...report, tookMs: Math.round(performance.now() - startedAt) }, "drained");
  } catch (error) {
    log.error({ ...work, err: describeError(error) }, "draining stopped");
    // The leases of the batch run out by themselves; without a pause a lasting fault would spin.
    await sleep(awayPauseMs);
  }
}

async function decideOnce(input: LoopInput, connectionId: number): Promise<void> {
  try {
    await carryOutDecisions(input, connectionId);
  } catch (error) {
    input.log.error({ connectionId, err: describeError(error) }, "carrying out decisions stopped");
  }
  await sleep(decisionsPauseMs);
}

async function askOnce(
  input: LoopInput,
  connectionId: number,
  ask: (input: LoopInput, connectionId: number) => Promise<void>,
): Promise<void> {
  try {
    await ask(input, connectionId);
  } catch (error) {
    input.log.error({ connectionId, err: describeError(error) }, "asking S-360 stopped");
    await sleep(awayPauseMs);
  }
}

async function advanceOnce(input: LoopInput, job: ClaimedJob): Promise<void> {
  try {
    await spendFor(job.lane, () => advanceBulkJob(input, job));
  } catch (error) {
    input.log.error({ jobId: job.id, err: describeError(error) }, "a step of a Bulk job stopped");
    await sleep(awayPauseMs);
  }
}

async function pollOnce(input: LoopInput, feed: ClaimedFeed): Promise<void> {
  const { connectionId } = feed;
  try {
    await pollFeed(input, feed);
  } catch (error) {
    input.log.error({ connectionId, err: describeError(error) }, "polling stopped");
    await sleep(awayPauseMs);
  }
}
