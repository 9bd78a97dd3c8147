import { eq, sql } from "drizzle-orm";
import { connection, orgObject } from "@/drizzle/schema";
import { resolveName } from "@/lib/core/mapping/published";
import type { Queryable } from "@/lib/platform/db";

/** What the org calls an object that a document writes to; null while it was never asked. Asks nobody. */
export async function objectLabels(
  db: Queryable,
  connectionId: number,
): Promise<(object: string) => string | null> {
  const rows = await db
    .select({
      name: orgObject.object,
      label: sql<string>`${orgObject.describe}->>'label'`,
      prefix: sql<string | null>`${connection.org}->>'prefix'`,
    })
    .from(orgObject)
    .innerJoin(connection, eq(connection.id, orgObject.connectionId))
    .where(eq(orgObject.connectionId, connectionId));
  const labels = new Map(rows.map(({ name, label }) => [name, label]));
  const prefix = rows[0]?.prefix ?? "";
  return (object) => labels.get(resolveName(object, prefix)) ?? null;
}
