/**
 * Records that Salesforce told deleted: merged into another, deleted by a person, or back again. A merge is followed: the
 * number of the record that went becomes an alias of the one that stayed, and only that one writes (design §1 link).
 */
import { sql } from "drizzle-orm";
import type { ContactSide } from "@/lib/core/contact-side";
import { FaultError, faultRow } from "@/lib/core/faults";
import type { CanonicalValue, ReadRequest } from "@/lib/core/side";
import { contactKinds, type ContactKind } from "@/lib/core/words";
import { folded, numberOf, otherThanKnown } from "./back-record";
import type { Prepared } from "./prepare";
import type { ClaimedBatch, ClaimedRecord, LinkRow } from "./records";
import type { LinkResult, ReadyMapping, SyncDeps } from "./work";

/** How one link ended: known, or known once S-360 was asked. */
export type Fate = LinkResult | (() => Promise<LinkResult>);

/** By record: the fates of its links whose Salesforce record is gone. */
export type Fates = ReadonlyMap<number, readonly Fate[]>;

interface GoneLink {
  readonly record: ClaimedRecord;
  readonly link: LinkRow;
  readonly mapping: ReadyMapping;
}

/** How often a record that was merged may have been merged again since. */
const longestChain = 5;

/** Asks the org what became of them, a few calls for all; S-360 is not asked yet. Throws FaultError. */
export async function followGone(deps: SyncDeps, batch: ClaimedBatch, prepared: Prepared): Promise<Fates> {
  const gone = batch.records.flatMap((record) =>
    record.links.flatMap((link): GoneLink[] => {
      const mapping = prepared.ready.find(({ published }) => published.mappingId === link.mappingId);
      return link.goneAt !== null && mapping ? [{ record, link, mapping }] : [];
    }),
  );
  const fates = new Map<number, Fate[]>();
  if (gone.length === 0) return fates;
  const masters = await readMasters(deps, gone);
  const stayed = await readStayed(deps, batch.connectionId, gone, masters);
  for (const one of gone) {
    const master = masters.get(one.link.salesforceId);
    fates.set(one.record.id, [...(fates.get(one.record.id) ?? []), fateOf(deps, one, master, stayed)]);
  }
  return fates;
}

/** By id: where it was merged into, null when it was merely deleted, undefined when it lives again. */
async function readMasters(deps: SyncDeps, gone: readonly GoneLink[]): Promise<Map<string, string | null>> {
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

function fateOf(deps: SyncDeps, one: GoneLink, master: string | null | undefined, stayed: Stayed): Fate {
  if (master === undefined) return livesAgain(one);
  return master === null ? deleted(deps, one) : merged(one, master, stayed);
}

function livesAgain({ record, link, mapping }: GoneLink): LinkResult {
  const { salesforceId, key, agreed } = link;
  const effects = { gone: false, again: ["in", "out"] as const };
  return { record, mapping, outcome: "unchanged", salesforceId, key, agreed, effects };
}

/** The records that others were merged into: whose they are, and which Sync ID those that are nobody's carry. */
interface Stayed {
  readonly heads: ReadonlyMap<
    string,
    { readonly key: string; readonly linkKey: string; readonly kind: string }
  >;
  readonly carried: ReadonlyMap<string, CanonicalValue>;
}

async function readStayed(
  deps: SyncDeps,
  connectionId: number,
  gone: readonly GoneLink[],
  masters: ReadonlyMap<string, string | null>,
): Promise<Stayed> {
  const ids = [...new Set([...masters.values()].filter((id) => id !== null))];
  if (ids.length === 0) return { heads: new Map(), carried: new Map() };
  const rows = await deps.db.execute<{ name: string; key: string; link_key: string; kind: string }>(sql`
    select l.mapping_id || ' ' || l.salesforce_id as name, r.key, l.key as link_key, r.kind
    from link l join record r on r.id = l.record_id
    where l.connection_id = ${connectionId} and l.head and l.salesforce_id = any(${sql.param(ids)}::text[])`);
  const heads = new Map(
    rows.rows.map(({ name, key, link_key: linkKey, kind }) => [name, { key, linkKey, kind }] as const),
  );
  const requests = gone.flatMap(({ mapping: { compiled }, link }) => {
    const id = masters.get(link.salesforceId);
    return id && !heads.has(headName(link, id))
      ? [{ object: compiled.object, ids: [id], fields: [compiled.keyField] }]
      : [];
  });
  const read = requests.length > 0 ? await deps.side.read(byObject(requests)) : [];
  return { heads, carried: new Map(read.map(({ id, fields }) => [id, Object.values(fields)[0] ?? null])) };
}

function headName({ mappingId }: LinkRow, id: string): string {
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

function merged({ record, link, mapping }: GoneLink, master: string, { heads, carried }: Stayed): LinkResult {
  const head = heads.get(headName(link, master));
  const one = { record, link, mapping };
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
  const key = carried.get(master) ?? null;
  if (key !== null && String(key).toLowerCase() !== link.key.toLowerCase()) {
    return unclear(one, master, `that one carries the Sync ID ${key}, which S-360 has not sent`);
  }
  const moved = { salesforceId: master, key: link.key, head: true };
  return { ...tried, effects: { gone: false, moved, again: ["in", "out"] } };
}

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

function deleted(deps: SyncDeps, one: GoneLink): Fate {
  const { record, link, mapping } = one;
  const kind = contactKinds.find((candidate) => candidate === record.kind);
  const rule = kind ? deps.settings.rules.out[kind].delete : "ignore";
  const plain = { record, mapping };
  if (rule === "review") {
    const sentence =
      "This record was deleted in Salesforce. S-360 offers no delete, so the contact is still there. Restore it in Salesforce, or say that it stays deleted.";
    const subject = { object: mapping.compiled.object, salesforceId: link.salesforceId };
    return { ...plain, outcome: "review", fault: { code: "deleted_in_salesforce", sentence }, subject };
  }
  if (rule === "tell") {
    const sentence = "This record was deleted in Salesforce. By rule its contact stays as it is in S-360.";
    return { ...plain, outcome: "ignored", effects: { told: { sentence, happened: "deleted" } } };
  }
  const { contacts } = deps;
  if (rule !== "mark" || !kind || !contacts) return { ...plain, outcome: "ignored" };
  return () => mark(contacts, deps, kind, one);
}

async function mark(
  contacts: ContactSide,
  { portray, settings: { markCriterion: criterion } }: SyncDeps,
  kind: ContactKind,
  { record, link, mapping }: GoneLink,
): Promise<LinkResult> {
  const { salesforceId, key, agreed } = link;
  try {
    const contact = await contacts.read(numberOf(record), { thenSave: true });
    const other = contact && otherThanKnown(portray, record, contact);
    if (other) return { record, mapping, outcome: "review", fault: other };
    if (contact === null) return { record, mapping, outcome: "ignored" };
    const marked = contacts.marked(contact, criterion);
    const answer = await contacts.save(kind, marked, ["contactCriteria"]);
    const effects = { folds: folded(portray, record, { ...marked, ...answer.contact }) };
    const after = { [criterion]: true };
    return { record, mapping, outcome: "updated", salesforceId, key, agreed, effects, after };
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    const { wide, retry } = faultRow(error.fault.code);
    const outcome = wide ? "untouched" : retry === "later" ? "retrying" : "failed";
    return { record, mapping, outcome, fault: error.fault };
  }
}
