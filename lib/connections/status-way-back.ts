/** How the way back to S-360 is doing: the calls it costs, and the reading of what changed in Salesforce. */
import { eq } from "drizzle-orm";
import { feed } from "@/drizzle/schema";
import type { Queryable } from "@/lib/platform/db";
import { gateUse } from "@/lib/platform/gate-use";
import { missingForContactsBack } from "./contacts-back";
import type { FeedStatus, S360CallStatus } from "./contract";
import { credentialReferences } from "./credentials";
import type { Connection } from "./load";
import { s360Pace } from "./s360-gate";

export async function s360CallStatus(
  db: Queryable,
  { id, settings }: Connection,
  now: Date,
): Promise<S360CallStatus> {
  const { boost, ...use } = await gateUse(db, id, "s360", s360Pace(settings), now);
  const lastDay = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 0));
  return {
    ...use,
    monthEnds: lastDay.toISOString().slice(0, 10),
    boost: boost && { perMinute: boost.perMinute, until: boost.until.toISOString() },
  };
}

export async function feedStatus(db: Queryable, { id, settings }: Connection): Promise<FeedStatus> {
  const { enabled, pollSeconds } = settings.contactsOut;
  const missing = missingForContactsBack(settings, await credentialReferences(db, id));
  const [row] = await db.select().from(feed).where(eq(feed.connectionId, id));
  return {
    setUp: enabled && missing.length === 0,
    enabled,
    missing,
    pollSeconds,
    lastPolledAt: row?.lastPolledAt?.toISOString() ?? null,
    dueAt: row?.dueAt.toISOString() ?? null,
    lastRows: row?.lastRows ?? 0,
    lastChanges: row?.lastChanges ?? 0,
    lastStrangers: row?.lastStrangers ?? 0,
    fault: row?.fault ? { code: row.fault.code, sentence: row.fault.sentence } : null,
  };
}
