/**
 * A record that was merged into another in Salesforce: whose the one that stayed is, and what that makes of the number of
 * the one that went.
 */
import { sql } from "drizzle-orm";
import type { Fault } from "@/lib/core/faults";
import { isProvisional, recordKeyOf } from "@/lib/core/record-key";
import type { CanonicalValue, ReadRequest } from "@/lib/core/side";
import type { ClaimedBatch, ClaimedRecord, LinkRow } from "./records";
import { reserveNewcomers, type Newcomer } from "./unite";
import type { LinkResult, ReadyMapping, SyncDeps } from "./work";

/** A link whose Salesforce record was told deleted. */
export interface GoneLink {
  readonly record: ClaimedRecord;
  readonly link: LinkRow;
  readonly mapping: ReadyMapping;
}

interface Head {
  readonly key: string;
  readonly linkKey: string;
  readonly kind: string | null;
}

/** The records that others were merged into. */
export interface Stayed {
  /** Whose they are, by `headName`; who is merged into one that is nobody's becomes its head. */
  readonly heads: Map<string, Head>;
  /** Which Sync ID those that are nobody's carry. */
  readonly carried: ReadonlyMap<string, CanonicalValue>;
  /** Those that S-360 has no number for, by Salesforce id. */
  readonly newcomers: ReadonlyMap<string, Newcomer>;
}

/** How often a record that was merged may have been merged again since. */
const longestChain = 5;

/** By id: where it was merged into, null when it was merely deleted, undefined when it lives again. */
export async function readMasters(
  deps: SyncDeps,
  gone: readonly GoneLink[],
): Promise<Map<string, string | null>> {
  const masters = new Map<string, string | null>();
  for (const object of new Set(gone.map(({ mapping }) => mapping.compiled.object))) {
    const links = gone.filter(({ mapping }) => mapping.compiled.object === object);
    let asking = [...new Set(links.map(({ link }) => link.salesforceId))];
    const next = new Map<string, string>();
    const ends = new Map<string, string | null>();
    for (let turn = 0; turn < longestChain && asking.length > 0; turn++) {
      const rows = await deps.side.gone(object, asking);
      for (const { id, masterId } of rows) {
        if (masterId === null) ends.set(id, null);
        else next.set(id, masterId);
      }
      asking = rows.flatMap(({ masterId }) => (masterId !== null && !next.has(masterId) ? [masterId] : []));
    }
    for (const { link } of links) {
      let id = link.salesforceId;
      while (next.has(id)) id = next.get(id) ?? id;
      if (ends.has(id)) masters.set(link.salesforceId, null);
      else if (id !== link.salesforceId) masters.set(link.salesforceId, id);
    }
  }
  return masters;
}

export async function readStayed(
  deps: SyncDeps,
  batch: ClaimedBatch,
  gone: readonly GoneLink[],
  masters: ReadonlyMap<string, string | null>,
): Promise<Stayed> {
  const ids = [...new Set([...masters.values()].filter((id) => id !== null))];
  if (ids.length === 0) return { heads: new Map(), carried: new Map(), newcomers: new Map() };
  const heads = await readHeads(deps, batch.connectionId, ids);
  const nobodys = gone.flatMap(({ mapping, link }) => {
    const id = masters.get(link.salesforceId);
    return id && !heads.has(headName(link, id)) ? [{ mapping, link, id }] : [];
  });
  const requests = nobodys.map(({ mapping: { compiled }, id }) => ({
    object: compiled.object,
    ids: [id],
    fields: [compiled.keyField],
  }));
  const read = requests.length > 0 ? await deps.side.read(byObject(requests)) : [];
  const carried = new Map(read.map(({ id, fields }) => [id, Object.values(fields)[0] ?? null]));
  const free = nobodys.filter(({ link, id }) => !carriesAnother(link, carried.get(id)));
  const newcomers = await reserveNewcomers(deps.db, batch, [...new Set(free.map(({ id }) => id))]);
  return {
    heads,
    carried,
    newcomers: new Map(newcomers.map((newcomer) => [newcomer.salesforceId, newcomer])),
  };
}

async function readHeads(
  deps: SyncDeps,
  connectionId: number,
  ids: readonly string[],
): Promise<Map<string, Head>> {
  const rows = await deps.db.execute<{
    name: string;
    key: string;
    link_key: string;
    kind: string | null;
  }>(sql`
    select l.mapping_id || ' ' || l.salesforce_id as name, r.key, l.key as link_key, r.kind
    from link l join record r on r.id = l.record_id
    where l.connection_id = ${connectionId} and l.head and l.salesforce_id = any(${sql.param([...ids])}::text[])`);
  const numbered = rows.rows.filter(({ key }) => !isProvisional(key));
  return new Map(numbered.map(({ name, key, link_key: linkKey, kind }) => [name, { key, linkKey, kind }]));
}

function headName({ mappingId }: Pick<LinkRow, "mappingId">, id: string): string {
  return `${mappingId} ${id}`;
}

function byObject(requests: readonly ReadRequest[]): ReadRequest[] {
  return [...new Set(requests.map(({ object }) => object))].map((object) => {
    const own = requests.filter((request) => request.object === object);
    return {
      object,
      ids: [...new Set(own.flatMap(({ ids }) => ids))],
      fields: [...new Set(own.flatMap(({ fields }) => fields))],
    };
  });
}

/** What becomes of the number: second to that of the head, the head itself, or a question to a person. */
export function merged(one: GoneLink, master: string, { heads, carried, newcomers }: Stayed): LinkResult {
  const { record, link, mapping } = one;
  const name = headName(link, master);
  const head = heads.get(name);
  if (head && head.kind !== record.kind) {
    return unclear(one, master, `it is another kind of contact in S-360 (${head.key})`);
  }
  const tried = { record, mapping, outcome: "merged" as const, salesforceId: master };
  if (head) {
    return {
      ...tried,
      effects: { gone: false, moved: { salesforceId: master, key: head.linkKey, head: false } },
    };
  }
  const key = carried.get(master);
  if (carriesAnother(link, key)) {
    return unclear(one, master, `that one carries the Sync ID ${String(key)}, which S-360 has not sent`);
  }
  const standing = newcomers.get(master)?.standing;
  if (standing === "unknown") return unclear(one, master, mayBeThere);
  if (standing === "busy") return { record, mapping, outcome: "retrying", fault: beingCreated };
  heads.set(name, { key: record.key, linkKey: link.key, kind: record.kind });
  const moved = { salesforceId: master, key: link.key, head: true };
  return { ...tried, effects: { gone: false, moved, again: ["in", "out"] } };
}

function carriesAnother({ key }: LinkRow, carried: CanonicalValue | undefined): boolean {
  return (carried ?? null) !== null && recordKeyOf(String(carried)) !== recordKeyOf(key);
}

const mayBeThere =
  "S-360 was asked to create that one and never answered, so that it may be there under a number of its own";

const beingCreated: Fault = {
  code: "answer_lost",
  sentence:
    "In Salesforce this record was merged into one that is being created in S-360, or whose creation S-360 has not answered. The merge is followed as soon as it is known whether that contact is there.",
};

function unclear({ record, link, mapping }: GoneLink, master: string, why: string): LinkResult {
  const sentence = `In Salesforce this record was merged into ${master}, but ${why}. Say whether the two belong together.`;
  return {
    record,
    mapping,
    outcome: "review",
    fault: { code: "merge_unclear", sentence },
    subject: { object: mapping.compiled.object, salesforceId: link.salesforceId, otherId: master },
  };
}
