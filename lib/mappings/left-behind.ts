/**
 * What restoring a version leaves in Salesforce: fields that only later versions filled. The older one says nothing of
 * them, so they stay as they are (design §2.6); and nobody knows what they held before, for a line writes without asking.
 */
import { and, eq, gte, sql } from "drizzle-orm";
import { mappingVersion } from "@/drizzle/schema";
import { fieldKey } from "@/lib/core/mapping/field-name";
import type { Queryable } from "@/lib/platform/db";
import type { LeftField } from "./contract";

interface Restoring {
  readonly mappingId: number;
  /** Of the version that is to run again. */
  readonly number: number;
  /** The org's package prefix. */
  readonly prefix: string;
}

/** Those of them that records hold a value in, the most first. */
export async function leftBehind(
  db: Queryable,
  { mappingId, number, prefix }: Restoring,
): Promise<LeftField[]> {
  const versions = await db
    .select({ number: mappingVersion.number, document: mappingVersion.document })
    .from(mappingVersion)
    .where(and(eq(mappingVersion.mappingId, mappingId), gte(mappingVersion.number, number)));
  const keyOf = (target: string) => fieldKey(target, prefix);
  const targets = (which: (number: number) => boolean) =>
    versions.flatMap((version) =>
      which(version.number)
        ? version.document.lines.map(({ target }) => [keyOf(target), target] as const)
        : [],
    );
  const filled = new Map(targets((each) => each === number));
  const more = new Map(targets((each) => each !== number).filter(([key]) => !filled.has(key)));
  if (more.size === 0) return [];
  const rows = await db.execute<{ field: string; records: number }>(sql`
    select f.field, count(*)::int as records
    from link l, unnest(${sql.param([...more.keys()])}::text[]) as f (field)
    where l.mapping_id = ${mappingId} and l.gone_at is null and exists (
      select from jsonb_each_text(l.base) as b where lower(b.key) = f.field and b.value is not null)
    group by f.field order by records desc, f.field`);
  return rows.rows.map(({ field, records }) => ({ target: more.get(field) ?? field, records }));
}
