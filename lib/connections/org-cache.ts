/** What the org told us about itself, shared by every process and refreshed by age (tables connection.org, org_object). */
import { and, eq, inArray, ne, sql } from "drizzle-orm";
import { connection, link, orgObject } from "@/drizzle/schema";
import { FaultError } from "@/lib/core/faults";
import type { OrgFacts } from "@/lib/core/side";
import type { Queryable } from "@/lib/platform/db";
import type { SchemaCache } from "@/lib/salesforce/schema-cache";

export const orgCacheMinutes = 10;

const freshSince = sql`now() - ${orgCacheMinutes} * interval '1 minute'`;

/** The cache of one connection. */
export function orgCache(db: Queryable, connectionId: number): SchemaCache {
  return {
    async readFacts() {
      const rows = await db
        .select({ org: connection.org })
        .from(connection)
        .where(and(eq(connection.id, connectionId), sql`(org->>'fetchedAt')::timestamptz > ${freshSince}`));
      return rows[0]?.org ?? null;
    },
    async writeFacts(facts) {
      await refuseOtherOrg(db, connectionId, facts);
      await refuseSharedOrg(db, connectionId, facts);
      await db.update(connection).set({ org: facts }).where(eq(connection.id, connectionId));
    },
    async readObjects(names) {
      if (names.length === 0) return new Map();
      const rows = await db
        .select({ object: orgObject.object, describe: orgObject.describe })
        .from(orgObject)
        .where(
          and(
            eq(orgObject.connectionId, connectionId),
            inArray(orgObject.object, [...names]),
            sql`fetched_at > ${freshSince}`,
          ),
        );
      return new Map(rows.map(({ object, describe }) => [object, describe]));
    },
    async writeObjects(describes) {
      for (const describe of describes) {
        const row = { describe, fetchedAt: new Date() };
        await db
          .insert(orgObject)
          .values({ connectionId, object: describe.name, ...row })
          .onConflictDoUpdate({ target: [orgObject.connectionId, orgObject.object], set: row });
      }
    },
    async forgetObject(name) {
      await db
        .delete(orgObject)
        .where(and(eq(orgObject.connectionId, connectionId), eq(orgObject.object, name)));
    },
  };
}

/** The next question asks the org itself. What it is (its id) stays known. */
export async function forgetOrg(db: Queryable, connectionId: number): Promise<void> {
  await db
    .update(connection)
    .set({ org: sql`jsonb_set(org, '{fetchedAt}', '"1970-01-01T00:00:00.000Z"')` })
    .where(and(eq(connection.id, connectionId), sql`org is not null`));
  await db.delete(orgObject).where(eq(orgObject.connectionId, connectionId));
}

/** The same org under another address: contact numbers of two institutions would meet in it. */
async function refuseSharedOrg(db: Queryable, connectionId: number, facts: OrgFacts): Promise<void> {
  const [other] = await db
    .select({ institution: connection.institution })
    .from(connection)
    .where(and(ne(connection.id, connectionId), sql`org->>'organizationId' = ${facts.organizationId}`));
  if (!other) return;
  throw new FaultError({
    code: "set_up",
    sentence: `The Salesforce org ${facts.organizationId} is already connected to the institution ${other.institution}. Contact numbers of two institutions would meet in one org, so each institution needs an org of its own.`,
  });
}

/** Links hold ids of one org; in another org they would point to nothing, or to somebody else's records. */
async function refuseOtherOrg(db: Queryable, connectionId: number, facts: OrgFacts): Promise<void> {
  const [known] = await db
    .select({ org: connection.org })
    .from(connection)
    .where(eq(connection.id, connectionId));
  if (!known?.org || known.org.organizationId === facts.organizationId) return;
  const linked = await db
    .select({ id: link.id })
    .from(link)
    .where(eq(link.connectionId, connectionId))
    .limit(1);
  if (linked.length === 0) return;
  throw new FaultError({
    code: "set_up",
    sentence: `This connection has written to the Salesforce org ${known.org.organizationId}, but its address now leads to the org ${facts.organizationId}. Put the earlier login address back, or make a new connection for the other org.`,
  });
}
