/** What the org is asked before writing, once per batch: whether it has them already, and what it holds. */
import { sql } from "drizzle-orm";
import type { Fault } from "@/lib/core/faults";
import type { FindRequest, FoundRow, Likeness, Side } from "@/lib/core/side";
import type { Family } from "@/lib/core/words";
import type { Database } from "@/lib/platform/db";
import { questionOf, type RulesOf } from "./matching";
import type { LinkResult, LinkWork, RecordName } from "./work";

export type FindRow = (work: LinkWork) => FoundRow | null;

export interface Found {
  readonly find: FindRow;
  /** All that the org answered, found by key or only alike. */
  readonly rows: readonly FoundRow[];
  /** Why it is not known what is alike to a work; null where it is. */
  readonly unsure: (work: LinkWork) => Fault | null;
}

interface Asking {
  readonly object: string;
  readonly keyField: string;
  readonly keys: Set<string>;
  readonly fields: Set<string>;
  readonly alike: Map<string, readonly Likeness[]>;
}

/**
 * Asks the org which of the unlinked records it already has: after a crash between write and commit, or from a time
 * before the connector. What it has is adopted with what it holds, so that create-only fields never overwrite. In the same
 * calls it is asked for what is only alike by the matching rules. Linked records are asked for only where a field is to
 * be written "only if blank" and nobody knows whether it is.
 */
export async function findUnlinked(
  side: Pick<Side, "find">,
  works: readonly LinkWork[],
  rulesOf: RulesOf,
): Promise<Found> {
  const requests = new Map<string, Asking>();
  for (const work of works) {
    const wanted = work.link ? unknownBlanks(work) : work.fields.map((field) => field.target);
    if (work.link && wanted.length === 0) continue;
    const { object, keyField } = work.mapping.compiled;
    const { alike, fields } = questionOf(work, rulesOf(work.mapping));
    const request = requests.get(object) ?? {
      ...{ object, keyField },
      ...{ keys: new Set(), fields: new Set(), alike: new Map<string, readonly Likeness[]>() },
    };
    request.keys.add(work.key);
    if (alike.length > 0) request.alike.set(work.key, [...(request.alike.get(work.key) ?? []), ...alike]);
    for (const target of [...wanted, ...fields]) if (target !== keyField) request.fields.add(target);
    requests.set(object, request);
  }
  const asked = [...requests.values()].map(({ keys, fields, alike, ...request }): FindRequest => {
    return { ...request, keys: [...keys], fields: [...fields], ...(alike.size > 0 && { alike }) };
  });
  const { rows, unsure } = asked.length > 0 ? await side.find(asked) : { rows: [], unsure: [] };
  const keyed = rows.filter((row) => !row.alike);
  const byKey = new Map(keyed.map((row) => [foundKey(row.object, row.key), row]));
  const faults = new Map(unsure.map(({ object, key, fault }) => [foundKey(object, key), fault]));
  return {
    rows,
    unsure: (work) => faults.get(foundKey(work.mapping.compiled.object, work.key)) ?? null,
    find: (work) => byKey.get(foundKey(work.mapping.compiled.object, work.key)) ?? null,
  };
}

/** Fields to be written only if blank, of which the base does not say what the org holds. */
export function unknownBlanks(work: LinkWork): string[] {
  const base = work.link?.agreed.base ?? {};
  return work.fields
    .filter(
      (field) => field.when === "blank" && field.value !== null && (base[field.target] ?? null) === null,
    )
    .map((field) => field.target);
}

/** External ids compare without case in the org (default-mappings.md, last section). */
function foundKey(object: string, key: string): string {
  return `${object}:${key.toLowerCase()}`;
}

/**
 * Works whose record in the org is another's too: of those without a link and with one key the first is written, and
 * nobody takes over a record that somebody else is linked to, because its Sync ID was changed there. Two numbers must not
 * write to one Salesforce record, so these are for a person to settle.
 */
export async function findShared(
  db: Database,
  connectionId: number,
  works: readonly LinkWork[],
  find: FindRow,
): Promise<Map<string, LinkResult>> {
  const shared = new Map<string, LinkResult>();
  const owners = new Map<string, LinkWork["record"]>();
  const adopting: Adopting[] = [];
  for (const work of works.filter(({ link }) => link === null)) {
    const name = foundKey(work.mapping.compiled.object, work.key);
    const owner = owners.get(name) ?? work.record;
    owners.set(name, owner);
    const found = find(work);
    if (owner.id !== work.record.id)
      shared.set(work.rowId, sharedResult(work, sharedKeySentence(work, owner)));
    else if (found) adopting.push({ work, id: found.id });
  }
  for (const { work, id, owner } of await ownedByOthers(db, connectionId, adopting)) {
    const isByMapping = owner.linkKey.toLowerCase() === work.key.toLowerCase();
    const sentence = isByMapping ? sharedKeySentence(work, owner) : movedKeySentence(work, id, owner);
    shared.set(work.rowId, sharedResult(work, sentence));
  }
  return shared;
}

interface Adopting {
  readonly work: LinkWork;
  readonly id: string;
}

interface Owned extends Adopting {
  /** `linkKey`: the key that its mapping gave it. */
  readonly owner: RecordName & { readonly linkKey: string };
}

async function ownedByOthers(
  db: Database,
  connectionId: number,
  adopting: readonly Adopting[],
): Promise<Owned[]> {
  if (adopting.length === 0) return [];
  const rows = await db.execute<{
    salesforce_id: string;
    mapping_id: string;
    record_id: string;
    family: Family;
    key: string;
    link_key: string;
  }>(sql`
    select l.salesforce_id, l.mapping_id, l.record_id, r.family, r.key, l.key as link_key from link l join record r on r.id = l.record_id
    where l.connection_id = ${connectionId} and l.head
      and l.salesforce_id = any(${sql.param(adopting.map(({ id }) => id))}::text[])`);
  const owners = new Map(rows.rows.map((row) => [`${row.salesforce_id}:${row.mapping_id}`, row]));
  return adopting.flatMap(({ work, id }) => {
    const owner = owners.get(`${id}:${work.mapping.published.mappingId}`);
    if (!owner || Number(owner.record_id) === work.record.id) return [];
    const { family, key, link_key: linkKey } = owner;
    return [{ work, id, owner: { family, key, linkKey } }];
  });
}

/** What is wrong with a work whose mapping gives it the key of another record. */
function sharedKeySentence({ key }: LinkWork, owner: RecordName): string {
  return `The mapping gives it the key ${key}, and ${owner.family} ${owner.key} has that key too: the two would become one record in Salesforce. Give the line of the key field an expression that tells them apart; then try again. Nothing was written.`;
}

function movedKeySentence({ record }: LinkWork, id: string, owner: RecordName): string {
  return `In Salesforce, record ${id} now carries the Sync ID of ${record.family} ${record.key}, but it belongs to ${owner.family} ${owner.key}. Correct the Sync ID there; then try again. Nothing was written.`;
}

function sharedResult({ record, mapping }: LinkWork, sentence: string): LinkResult {
  return { record, mapping, outcome: "review", fault: { code: "shared_record", sentence } };
}
