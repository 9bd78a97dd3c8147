/**
 * Deletions of an object (salesforce.md §4.1 `/deleted`): ids and moments, also of what the recycle bin no longer holds.
 * The org's log of deletions is of limited length, and says so in its own ways.
 */
import { FaultError } from "@/lib/core/faults";
import type { DeletedRow, FeedPage } from "@/lib/core/side";
import type { z } from "zod";
import type { SalesforceClient, Subanswer, Subrequest } from "./client";
import { answerFault } from "./faults";
import { soqlName } from "./soql";
import { deletedAnswerSchema, orgErrors } from "./wire";

const MINUTE_MS = 60_000;
/** Deletions are told for 15 days (REST API guide, "sObject Get Deleted"), though a window may begin earlier. */
const LOG_MS = 15 * 24 * 60 * MINUTE_MS;

export type Deletions = Pick<FeedPage, "deleted" | "deletedUntil" | "deletionsLostBefore">;

type DeletedAnswer = z.infer<typeof deletedAnswerSchema>;

interface Window {
  readonly startMs: number;
  readonly endMs: number;
}

/** The subrequest for deletions since a moment, up to now by the org's clock. */
export function deletedRequest(
  referenceId: string,
  object: string,
  since: string,
  nowMs: number,
): Subrequest {
  return toSubrequest(referenceId, object, windowOf(msOf(since), nowMs));
}

/**
 * The deletions in the answer to that subrequest. Where the log does not reach back so far, two more calls find out how
 * far it does and read what it has. Throws FaultError.
 */
export async function readDeletions(
  client: SalesforceClient,
  object: string,
  since: string,
  answer: Subanswer | undefined,
): Promise<Deletions> {
  const sinceMs = msOf(since);
  const nowMs = client.serverNowMs();
  if (!isBeforeLog(answer))
    return toDeletions(object, sinceMs, earliestOf(parsed(answer), nowMs), parsed(answer));

  const recent = windowOf(nowMs, nowMs);
  const ofRecent = parsed(await ask(client, object, recent));
  const earliestMs = earliestOf(ofRecent, nowMs);
  const startMs = Math.ceil(Math.max(earliestMs, sinceMs) / MINUTE_MS) * MINUTE_MS;
  if (startMs < recent.startMs) {
    const all = await ask(client, object, { ...recent, startMs });
    if (!isBeforeLog(all)) return toDeletions(object, sinceMs, startMs, parsed(all));
  }
  return toDeletions(object, sinceMs, Math.max(earliestMs, recent.startMs), ofRecent);
}

async function ask(client: SalesforceClient, object: string, window: Window): Promise<Subanswer | undefined> {
  return (await client.composite([toSubrequest("d", object, window)])).get("d");
}

/**
 * The org ignores seconds, and wants start and end more than one minute apart (SOAP API guide, getDeleted()): rather
 * than in the future, where the log cannot reach, a window ends with the last full minute and begins earlier than asked.
 */
function windowOf(sinceMs: number, nowMs: number): Window {
  const endMs = minuteOf(nowMs);
  return { startMs: Math.min(minuteOf(sinceMs), endMs - 2 * MINUTE_MS), endMs };
}

function toSubrequest(referenceId: string, object: string, { startMs, endMs }: Window): Subrequest {
  const [start, end] = [startMs, endMs].map((ms) =>
    encodeURIComponent(`${new Date(ms).toISOString().slice(0, 19)}+00:00`),
  );
  return {
    referenceId,
    method: "GET",
    path: `/sobjects/${soqlName(object)}/deleted/?start=${start}&end=${end}`,
  };
}

/** `start` lies before the log begins, or before the org did; windowOf leaves no other reason for this code. */
function isBeforeLog(answer: Subanswer | undefined): boolean {
  return orgErrors(answer?.body).some(({ code }) => code === "INVALID_REPLICATION_DATE");
}

function parsed(answer: Subanswer | undefined): DeletedAnswer {
  const body = deletedAnswerSchema.safeParse(answer?.body);
  if (answer?.status !== 200 || !body.success) throw new FaultError(answerFault(answer));
  return body.data;
}

/** From when on every deletion is in the log. */
function earliestOf({ earliestDateAvailable }: DeletedAnswer, nowMs: number): number {
  const told = earliestDateAvailable ? msOf(earliestDateAvailable) : 0;
  return Math.max(told, nowMs - LOG_MS);
}

function toDeletions(object: string, sinceMs: number, earliestMs: number, answer: DeletedAnswer): Deletions {
  const deleted = answer.deletedRecords.map(({ id, deletedDate }): DeletedRow => ({
    object,
    id,
    deletedAt: deletedDate,
  }));
  return {
    deleted,
    // Later than this, transactions may be under way whose deletions come with a later answer.
    deletedUntil: answer.latestDateCovered ?? iso(sinceMs),
    deletionsLostBefore: earliestMs > sinceMs ? iso(earliestMs) : null,
  };
}

/** Throws Error for what is no moment. */
function msOf(moment: string): number {
  const ms = Date.parse(moment);
  if (Number.isNaN(ms)) throw new Error(`not a moment: ${JSON.stringify(moment.slice(0, 100))}`);
  return ms;
}

function minuteOf(ms: number): number {
  return Math.floor(ms / MINUTE_MS) * MINUTE_MS;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
