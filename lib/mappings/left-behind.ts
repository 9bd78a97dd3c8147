/**
 * What restoring a version leaves in Salesforce: fields that only later versions filled. The older one says nothing of
 * them, so they stay as they are (design §2.6); and nobody knows what they held before, for a line writes without asking.
 */
import { and, eq, gte, sql } from "drizzle-orm";
import { mappingVersion } from "@/drizzle/schema";
import type { MappingDocument } from "@/lib/core/mapping/document";
import { fieldKey } from "@/lib/core/mapping/field-name";
import type { Queryable } from "@/lib/platform/db";
import type { LeftBehind } from "./contract";

interface Restoring {
  readonly mappingId: number;
  /** Of the version that is to run again. */
  readonly number: number;
  /** The org's package prefix. */
  readonly prefix: string;
}

/** Looking at more takes longer than somebody waits who wants a bad version gone. */
const usualMost = 200_000;

/**
 * Those of them that records hold a value in, the most first. Where there are more records than `most` it tells all of
 * them: one that nobody looked at may hold a value.
 */
export async function leftBehind(
  db: Queryable,
  { mappingId, number, prefix }: Restoring,
  most = usualMost,
): Promise<LeftBehind> {
  const versions = await db
    .select({ number: mappingVersion.number, document: mappingVersion.document })
    .from(mappingVersion)
    .where(and(eq(mappingVersion.mappingId, mappingId), gte(mappingVersion.number, number)));
  const targets = (which: (number: number) => boolean) =>
    versions
      .filter((version) => which(version.number))
      .flatMap(({ document }) => filledBy(document))
      .map((target) => [fieldKey(target, prefix), target] as const);
  const filled = new Map(targets((each) => each === number));
  const more = new Map(targets((each) => each !== number).filter(([key]) => !filled.has(key)));
  if (more.size === 0) return { fields: [], lookedAt: null };
  const { looked, records } = await lookAt(db, mappingId, [...more.keys()], most);
  const all = looked <= most;
  const fields = [...more]
    .map(([key, target]) => ({ target, records: records.get(key) ?? 0 }))
    .filter((field) => !all || field.records > 0)
    .sort((a, b) => b.records - a.records || (a.target < b.target ? -1 : 1));
  return { fields, lookedAt: all ? null : most };
}

/** With a line, or with the marks of sales. */
function filledBy({ lines, sales }: MappingDocument): string[] {
  return [...lines.map(({ target }) => target), ...(sales?.markField ? [sales.markField] : [])];
}

/** How many records hold a value in which of the fields; `looked` is above `most` where there are more than that. */
async function lookAt(db: Queryable, mappingId: number, keys: readonly string[], most: number) {
  const rows = await db.execute<{ field: string | null; records: number }>(sql`
    with found as materialized (
      select base from link where mapping_id = ${mappingId} and gone_at is null limit ${most + 1}
    ), looked as (select base from found limit ${most})
    select null as field, count(*)::int as records from found
    union all
    select lower(b.key), count(*)::int from looked, jsonb_each_text(looked.base) as b
    where lower(b.key) = any(${sql.param([...keys])}::text[]) and b.value is not null
    group by 1`);
  const records = new Map(rows.rows.map((row) => [row.field, row.records]));
  return { looked: records.get(null) ?? 0, records };
}
