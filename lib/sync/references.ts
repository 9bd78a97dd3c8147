/** References: where a field points to another record, that record must be linked, or be written earlier in this call. */
import { sql } from "drizzle-orm";
import type { EvaluatedField } from "@/lib/core/mapping/evaluation";
import type { CanonicalValue } from "@/lib/core/side";
import type { Family } from "@/lib/core/words";
import type { Database } from "@/lib/platform/db";
import { nameText, type LinkResult, type LinkWork, type RecordName } from "./work";

export interface Target {
  readonly object: string;
  /** The external id to refer to. */
  readonly key: string;
}

export interface Resolved {
  readonly works: readonly LinkWork[];
  readonly waiting: readonly LinkResult[];
  /** What the awaited names stood for in the database when we looked. */
  readonly linked: ReadonlyMap<string, readonly Target[]>;
}

/**
 * Gives every reference its external id; works whose awaited record is neither linked nor written by this batch wait.
 * Lower ranks are resolved first, so that a work counts as written only if it does not wait itself.
 */
export async function resolveReferences(
  db: Database,
  connectionId: number,
  works: readonly LinkWork[],
): Promise<Resolved> {
  const awaited = works.flatMap((work) => [...work.awaits.values()]);
  const linked = await readLinked(db, connectionId, awaited);
  const written = new Map<string, Target[]>();
  const ready: LinkWork[] = [];
  const waiting: LinkResult[] = [];
  for (const work of [...works].sort((a, b) => a.mapping.rank - b.mapping.rank)) {
    const missing = [...work.awaits.values()].filter(
      (name) => !linked.has(nameText(name)) && !written.has(nameText(name)),
    );
    if (missing.length > 0) {
      waiting.push(waitFor(work, missing));
      continue;
    }
    const targetsOf = (name: RecordName) => linked.get(nameText(name)) ?? written.get(nameText(name)) ?? [];
    ready.push({ ...work, fields: work.fields.map((field) => pointTo(field, work, targetsOf)) });
    const name = nameText(work.record);
    const target = { object: work.mapping.compiled.object, key: work.key };
    written.set(name, [...(written.get(name) ?? []), target]);
  }
  return { works: ready, waiting, linked };
}

/** The reference holds the external id if the record was written as the object the field points to, else nothing. */
function pointTo(
  field: EvaluatedField,
  work: LinkWork,
  targetsOf: (name: RecordName) => readonly Target[],
): EvaluatedField {
  const name = work.awaits.get(field.target);
  if (!name) return field;
  const target = targetsOf(name).find((candidate) => candidate.object === field.reference?.object);
  const value: CanonicalValue = target?.key ?? null;
  return { ...field, value };
}

/** The result of a work that has to wait for other records. */
export function waitFor(work: LinkWork, names: readonly RecordName[]): LinkResult {
  const list = [...new Map(names.map((name) => [nameText(name), name])).values()];
  const what = list.map((name) => `${name.family} ${name.key}`).join(" and ");
  const sentence = `Waits for ${what}: it is written as soon as that is in Salesforce.`;
  return {
    record: work.record,
    mapping: work.mapping,
    outcome: "waiting",
    fault: { code: "reference_missing", sentence },
    awaited: list,
  };
}

async function readLinked(
  db: Database,
  connectionId: number,
  names: readonly RecordName[],
): Promise<Map<string, Target[]>> {
  const linked = new Map<string, Target[]>();
  if (names.length === 0) return linked;
  const rows = await db.execute<{ family: Family; name: string; object: string; key: string }>(sql`
    select distinct r.family, r.key as name, l.object, l.key
    from unnest(${sql.param(names.map((name) => name.family))}::text[], ${sql.param(names.map((name) => name.key))}::text[]) as n (family, key)
    join record r on r.connection_id = ${connectionId} and r.family = n.family and r.key = n.key
    join link l on l.record_id = r.id`);
  for (const row of rows.rows) {
    const name = nameText({ family: row.family, key: row.name });
    linked.set(name, [...(linked.get(name) ?? []), { object: row.object, key: row.key }]);
  }
  return linked;
}
