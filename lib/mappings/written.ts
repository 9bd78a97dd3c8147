/** Whether anything was written through a mapping. */
import { eq } from "drizzle-orm";
import { link } from "@/drizzle/schema";
import type { Queryable } from "@/lib/platform/db";

/**
 * An object that records were written to through a mapping, as the org names it; null when none was. Quick however many
 * links there are, also within a transaction: by the order, which no other index has, the links are found by the mapping
 * (without, PostgreSQL reads them all one after the other, in the hope to come across one soon).
 */
export async function writtenObject(db: Queryable, mappingId: number): Promise<string | null> {
  const [written] = await db
    .select({ object: link.object })
    .from(link)
    .where(eq(link.mappingId, mappingId))
    .orderBy(link.object)
    .limit(1);
  return written?.object ?? null;
}
