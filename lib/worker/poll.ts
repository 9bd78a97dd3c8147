/** One poll of the change feed: from where reading stands to now, stored page by page. */
import { spendFor } from "@/lib/budget/spending";
import type { Rules } from "@/lib/core/connection-settings";
import { FaultError, faultRow, type Fault } from "@/lib/core/faults";
import type { FeedAnswer, FeedPage, FeedRequest } from "@/lib/core/side";
import { contactKinds, lanes, type Kind } from "@/lib/core/words";
import type { Database } from "@/lib/platform/db";
import { sql } from "drizzle-orm";
import { takeBaseline } from "@/lib/inbox/baseline";
import { readCursors, startCursor, type Cursor } from "@/lib/inbox/cursors";
import { receiveChanges } from "@/lib/inbox/receive-changes";
import { blockSystem, salesforceReached } from "@/lib/sync/block";
import type { SyncDeps } from "@/lib/sync/work";
import { feedPlan, type FeedPlan } from "./feed-plan";

export interface PollReport {
  readonly rows: number;
  readonly changes: number;
  readonly strangers: number;
}

interface PollInput {
  readonly deps: SyncDeps;
  readonly connectionId: number;
  readonly massLimit: number;
  /** Whether what old links hold may be read; it goes on with a later poll where it may not. */
  readonly baseline: boolean;
  readonly signal?: AbortSignal;
}

const nothing: PollReport = { rows: 0, changes: 0, strangers: 0 };

/** Reads until nothing is left. A fault of the whole org holds the connection; what was stored before it stays stored. */
export async function poll(input: PollInput): Promise<PollReport & { readonly fault: Fault | null }> {
  let report = nothing;
  try {
    for await (const part of sweep(input)) {
      report = {
        rows: report.rows + part.rows,
        changes: report.changes + part.changes,
        strangers: report.strangers + part.strangers,
      };
      if (input.signal?.aborted) break;
    }
    await salesforceReached(input.deps.db, input.connectionId);
    return { ...report, fault: null };
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    const { fault } = error;
    if (faultRow(fault.code).wide) await blockSystem(input.deps, input.connectionId, "salesforce", fault);
    return { ...report, fault };
  }
}

/** So many rows fit into one transaction, and into the memory of a worker, with a page of each object to spare. */
const mostRows = 20_000;

/**
 * Pages are gathered until there is nothing left, or others than the connector have changed more than may go without a
 * person, or as much is in hand as is stored at once.
 */
async function* sweep({
  deps,
  connectionId,
  massLimit,
  baseline,
  signal,
}: PollInput): AsyncGenerator<PollReport> {
  const { db, side } = deps;
  const plan = await feedPlan(deps);
  const us = await side.userId();
  let cursors: ReadonlyMap<string, Cursor> = await readCursors(db, connectionId);
  if (baseline) {
    const objects = plan.objects.values();
    await spendFor(lanes.reconciliation, () =>
      takeBaseline({ db, side, connectionId, objects, cursors, us, signal }),
    );
  }
  let places = placesOf(plan, cursors);
  while (places.length > 0) {
    const askedAt = await databaseTime(db);
    const pages: FeedPage[] = [];
    let serverTime: string | null = null;
    while (places.length > 0 && hasRoom(pages, us, massLimit)) {
      const answer = await side.changes(places);
      serverTime ??= answer.serverTime;
      pages.push(...answer.pages);
      places = placesAfter(places, answer);
    }
    if (serverTime === null) return;
    const fresh = [...plan.objects.keys()].filter((object) => !cursors.has(object));
    for (const object of fresh) await startCursor(db, connectionId, object, serverTime);
    const known = pages.filter(({ object }) => !fresh.includes(object));
    places = places.filter(({ object }) => !fresh.includes(object));
    const creates = await plan.newcomers(known.flatMap(({ changed }) => changed));
    const { objects } = plan;
    const marks = (kind: Kind | null) => marksDeleted(deps.settings.rules, kind);
    const receipt = await receiveChanges(db, {
      marks,
      ...{ connectionId, pages: known, cursors, objects, serverTime, askedAt, us, massLimit, creates },
    });
    cursors = receipt.cursors;
    yield receipt;
  }
}

/** Only what S-360 is called for counts as a mass change: merges are followed at once, however many. */
function marksDeleted({ out }: Rules, kind: Kind | null): boolean {
  const contactKind = contactKinds.find((candidate) => candidate === kind);
  return contactKind !== undefined && out[contactKind].delete === "mark";
}

/** An object without a cursor is asked for nothing but the org's clock: its cursor starts now. */
function placesOf(plan: FeedPlan, cursors: ReadonlyMap<string, Cursor>): FeedRequest[] {
  return [...plan.objects.values()].map(({ object, keyField, fields, lookups }) => {
    const cursor = cursors.get(object);
    const after = cursor?.after ?? { stamp: new Date().toISOString(), id: null };
    if (lookups) return { object, keyField, fields, after, othersOnly: true, deletedSince: null };
    return { object, keyField, fields, after, deletedSince: cursor?.deletedSince ?? null };
  });
}

/** Where reading goes on: behind the last row of every object that is not read to the end. */
function placesAfter(places: readonly FeedRequest[], { pages }: FeedAnswer): FeedRequest[] {
  return places.flatMap((place): FeedRequest[] => {
    const page = pages.find(({ object }) => object === place.object);
    const last = page?.changed.at(-1);
    if (!page || page.complete || !last) return [];
    return [{ ...place, after: { stamp: last.stamp, id: last.id }, deletedSince: null }];
  });
}

function hasRoom(pages: readonly FeedPage[], us: string, massLimit: number): boolean {
  const rows = pages.flatMap(({ changed }) => changed);
  return rows.length < mostRows && rows.filter(({ modifiedBy }) => modifiedBy.id !== us).length <= massLimit;
}

async function databaseTime(db: Database): Promise<string> {
  const rows = await db.execute<{ now: string }>(sql`select clock_timestamp()::text as now`);
  return rows.rows[0]?.now ?? "";
}
