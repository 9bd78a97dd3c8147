/** Questions to the change feed, and an answer to its queries, for tests. */
import { vi } from "vitest";
import type { FeedRequest } from "@/lib/core/side";
import type { Reply } from "./test-scripted-org";

export const START = "2026-03-01T00:00:00.000Z";

export function feedOf(object: string, more: Partial<FeedRequest> = {}): FeedRequest {
  const after = { stamp: START, id: null };
  return { object, keyField: "SyncId__c", fields: ["LastName"], after, deletedSince: null, ...more };
}

/** A row as the org words it. */
export function orgRow(id: string, more: object = {}): Record<string, unknown> {
  return {
    Id: id,
    SyncId__c: null,
    LastName: "Doe",
    SystemModstamp: "2026-03-01T10:00:00.000+0000",
    CreatedDate: "2026-02-01T10:00:00.000+0000",
    CreatedById: "005000000000008AAA",
    LastModifiedById: "005000000000009AAA",
    LastModifiedBy: { Name: "Ada Admin", UserType: "Standard" },
    ...more,
  };
}

export function pageReply(records: readonly object[], done = true): Reply {
  return { status: 200, body: { totalSize: records.length, done, records } };
}

export function deletedReply(
  ids: readonly string[],
  earliestDateAvailable: string,
  latestDateCovered: string,
): Reply {
  const deletedRecords = ids.map((id) => ({ id, deletedDate: "2026-03-01T10:00:00.000+0000" }));
  return { status: 200, body: { deletedRecords, earliestDateAvailable, latestDateCovered } };
}

const MINUTE_MS = 60_000;

export function ago(minutes: number): string {
  return new Date(Date.now() - minutes * MINUTE_MS).toISOString();
}

/** What happens in an org of this process so many minutes ago. */
export async function back<T>(minutes: number, work: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - minutes * MINUTE_MS });
  try {
    return await work();
  } finally {
    vi.useRealTimers();
  }
}
