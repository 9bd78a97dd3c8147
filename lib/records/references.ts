/** What references point to, as the engine resolves them when it writes (lib/sync/references). */
import { sql } from "drizzle-orm";
import type { EvaluatedField } from "@/lib/core/mapping/evaluation";
import type { PublishedMappings } from "@/lib/core/mapping/published";
import { objectsByKind, referTo, type Known, type Target } from "@/lib/core/references";
import { recordKeyOf } from "@/lib/core/record-key";
import type { Family, Kind } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";

export interface ReferenceInput {
  readonly connectionId: number;
  readonly published: PublishedMappings;
  readonly prefix: string;
}

/**
 * The fields with what their references point to: the external id of the record linked as the object they name, or
 * null when records of that kind are never written as such an object. Where that cannot be told yet, because the
 * record is not there or not linked, the field keeps S-360's number.
 */
export async function pointReferences(
  db: Queryable,
  fields: readonly EvaluatedField[],
  input: ReferenceInput,
): Promise<EvaluatedField[]> {
  const names = fields.flatMap((field) => nameOf(field) ?? []);
  if (names.length === 0) return [...fields];
  const known = await readKnown(db, input.connectionId, names);
  const written = objectsByKind(input.published.mappings, input.prefix);
  return fields.map((field) => {
    const name = nameOf(field);
    if (!name || !field.reference) return field;
    const value = referTo(field.reference.object, known.get(`${name.family}:${name.key}`), written);
    return value === undefined ? field : { ...field, value };
  });
}

function nameOf({ reference, value }: EvaluatedField): { family: Family; key: string } | null {
  if (!reference?.family || value === null) return null;
  return { family: reference.family, key: recordKeyOf(String(value)) };
}

async function readKnown(
  db: Queryable,
  connectionId: number,
  names: readonly { family: Family; key: string }[],
): Promise<Map<string, Known>> {
  const rows = await db.execute<{
    family: Family;
    key: string;
    kind: Kind | null;
    targets: Target[];
  }>(sql`
    select r.family, r.key, coalesce(h.kind, r.kind) as kind,
      coalesce((select jsonb_agg(jsonb_build_object('object', l.object, 'key', l.key)) from link l
        where l.record_id = coalesce(h.id, r.id)), '[]') as targets
    from record r left join merged_contact m on m.record_id = r.id left join record h on h.id = m.head_id
    where r.connection_id = ${connectionId}
      and (r.family, r.key) in (
        select family, key from unnest(
          ${sql.param(names.map((name) => name.family))}::text[],
          ${sql.param(names.map((name) => name.key))}::text[]
        ) as n (family, key))`);
  return new Map(rows.rows.map(({ family, key, kind, targets }) => [`${family}:${key}`, { kind, targets }]));
}
