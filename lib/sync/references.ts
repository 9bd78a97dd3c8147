/** References: where a field points to another record, that record must be linked, or be written earlier in this call. */
import { sql } from "drizzle-orm";
import type { EvaluatedField } from "@/lib/core/mapping/evaluation";
import { referTo, type Known, type ObjectsByKind } from "@/lib/core/references";
import type { SalesSettings } from "@/lib/core/sales-settings";
import type { Family, Kind } from "@/lib/core/words";
import type { Database } from "@/lib/platform/db";
import { hopeless, withoutBuyer } from "./contactless-sales";
import { followMerged } from "./merged-numbers";
import type { ClaimedRecord } from "./records";
import {
  nameText,
  type Awaited,
  type LinkResult,
  type LinkWork,
  type MappingName,
  type RecordName,
} from "./work";

export interface Resolved {
  readonly works: readonly LinkWork[];
  /** What is not written: it waits, or a rule says so. */
  readonly ended: readonly LinkResult[];
  /** Whether a record was linked as an object in the database when we looked. */
  readonly wasLinked: (name: RecordName, object: string) => boolean;
  /** The record as one that is waited for, with the links that it had when we looked, of mappings of other days too. */
  readonly asAwaited: (name: RecordName) => Awaited;
}

/**
 * Gives every reference its external id. A field points to the awaited record as the object it names; if no mapping of
 * that record's kind writes such an object, the field is empty; if one does and the record is not there yet, the work
 * waits, or, where the settings say so, a sale is written without it. Lower ranks are resolved first, so that a work counts as written only if it does not wait itself.
 */
export async function resolveReferences(
  { db, settings }: { readonly db: Database; readonly settings: { readonly sales: SalesSettings } },
  connectionId: number,
  given: readonly LinkWork[],
  writtenAs: ObjectsByKind,
): Promise<Resolved> {
  const works = await followMerged(db, connectionId, given);
  const { sales } = settings;
  const names = works.flatMap((work) => [...work.awaits.values()]);
  const mayGoUnlinked = sales.withoutContact === "unlinked";
  const linked = await readLinked(db, connectionId, names, mayGoUnlinked);
  const written = new Map<string, Known>();
  const ready: LinkWork[] = [];
  const ended: LinkResult[] = [];
  const find: Find = (name, object) => {
    const inDatabase = linked.get(nameText(name));
    const inBatch = written.get(nameText(name));
    const targets = [...(inDatabase?.targets ?? []), ...(inBatch?.targets ?? [])];
    return referTo(object, { kind: inBatch?.kind ?? inDatabase?.kind ?? null, targets }, writtenAs);
  };
  const isHopeless = (name: RecordName) => linked.get(nameText(name))?.hopeless === true;
  for (const next of [...works].sort((a, b) => a.mapping.rank - b.mapping.rank)) {
    const work = withoutBuyer(next, sales);
    if ("outcome" in work) {
      ended.push(work);
      continue;
    }
    const { fields, missing } = pointFields(work, find);
    const awaited = missing.map((name) => withLinks(name, linked));
    const mayLack = mayGoUnlinked && work.record.family === "operation" && missing.every(isHopeless);
    if (missing.length > 0 && !mayLack) {
      ended.push(waitFor(work, awaited));
      continue;
    }
    ready.push({ ...work, fields, ...(awaited.length > 0 && { linkedLater: distinct(awaited) }) });
    const name = nameText(work.record);
    const target = { object: work.mapping.compiled.object, key: work.key };
    written.set(name, { kind: work.record.kind, targets: [...(written.get(name)?.targets ?? []), target] });
  }
  const wasLinked = (name: RecordName, object: string) =>
    linked.get(nameText(name))?.targets.some((target) => target.object === object) ?? false;
  return { works: ready, ended, wasLinked, asAwaited: (name) => withLinks(name, linked) };
}

type Find = (name: RecordName, object: string) => string | null | undefined;

function pointFields(work: LinkWork, find: Find) {
  const missing: RecordName[] = [];
  const fields = work.fields.map((field): EvaluatedField => {
    const name = work.awaits.get(field.target);
    if (!name || !field.reference) return field;
    const found = find(name, field.reference.object);
    if (found !== undefined) return { ...field, value: found };
    missing.push(name);
    return { ...field, value: null };
  });
  return { fields, missing };
}

function distinct(names: readonly Awaited[]): Awaited[] {
  return [...new Map(names.map((name) => [nameText(name), name])).values()];
}

function withLinks({ family, key }: RecordName, linked: ReadonlyMap<string, Known>): Awaited {
  return { family, key, linksSeen: linked.get(nameText({ family, key }))?.targets.length ?? 0 };
}

/** The result of a work that has to wait for other records. */
export function waitFor(
  work: { readonly record: ClaimedRecord; readonly mapping: MappingName },
  names: readonly Awaited[],
): LinkResult {
  const list = distinct(names);
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

interface Looked extends Known {
  readonly hopeless: boolean;
}

/** What is hopeless is looked up only where the settings make something of it. */
async function readLinked(
  db: Database,
  connectionId: number,
  names: readonly RecordName[],
  mayGoUnlinked: boolean,
): Promise<Map<string, Looked>> {
  const known = new Map<string, Looked>();
  if (names.length === 0) return known;
  const rows = await db.execute<{
    family: Family;
    name: string;
    kind: Kind | null;
    object: string | null;
    key: string | null;
    hopeless: boolean;
  }>(sql`
    select distinct r.family, r.key as name, r.kind, l.id, l.object, l.key,
      ${mayGoUnlinked ? sql`l.id is null and r.family = 'contact' and ${hopeless(sql`r.id`)}` : sql`false`} as hopeless
    from unnest(
      ${sql.param(names.map((name) => name.family))}::text[],
      ${sql.param(names.map((name) => name.key))}::text[]
    ) as n (family, key)
    join record r on r.connection_id = ${connectionId} and r.family = n.family and r.key = n.key
    left join link l on l.record_id = r.id`);
  for (const { family, name, kind, object, key, hopeless: isHopeless } of rows.rows) {
    const text = nameText({ family, key: name });
    const targets = object !== null && key !== null ? [{ object, key }] : [];
    const all = [...(known.get(text)?.targets ?? []), ...targets];
    known.set(text, { kind, targets: all, hopeless: isHopeless });
  }
  return known;
}
