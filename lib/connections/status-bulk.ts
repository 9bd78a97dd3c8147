/** Bulk jobs that are on their way, and what the org last said of them. */
import { asc, eq } from "drizzle-orm";
import { bulkJob } from "@/drizzle/schema";
import { bulkJobUrl } from "@/lib/core/bulk";
import type { Queryable } from "@/lib/platform/db";
import type { BulkJobStatus } from "./contract";
import type { Connection } from "./load";

export async function bulkJobStatuses(
  db: Queryable,
  { id, settings }: Pick<Connection, "id" | "settings">,
): Promise<BulkJobStatus[]> {
  const rows = await db.select().from(bulkJob).where(eq(bulkJob.connectionId, id)).orderBy(asc(bulkJob.id));
  return rows.map(({ target, salesforceId, createdAt, fault, ...row }) => ({
    id: row.id,
    object: target.object,
    state: row.state,
    rows: row.rows,
    processed: row.processed,
    failed: row.failed,
    since: createdAt.toISOString(),
    url: salesforceId === null ? null : bulkJobUrl(settings.salesforce.loginUrl, salesforceId),
    sentence: fault?.sentence ?? null,
  }));
}
