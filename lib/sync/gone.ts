/**
 * Records that Salesforce told deleted: merged into another, deleted by a person, or back again. A merge is followed: the
 * number of the record that went becomes an alias of the one that stayed, and only that one writes (design §1 link).
 */
import { sql } from "drizzle-orm";
import type { ContactSide } from "@/lib/core/contact-side";
import { FaultError, faultRow } from "@/lib/core/faults";
import { contactKinds } from "@/lib/core/words";
import { folded } from "./back-record";
import type { Prepared } from "./prepare";
import type { ClaimedBatch, ClaimedRecord, LinkRow } from "./records";
import type { LinkResult, ReadyMapping, SyncDeps } from "./work";

/** By record: how it ended, where the fate of its Salesforce record decides that. */
export type Fates = ReadonlyMap<number, readonly LinkResult[]>;

interface GoneLink {
  readonly record: ClaimedRecord;
  readonly link: LinkRow;
  readonly mapping: ReadyMapping;
}

/** How often a record that was merged may have been merged again since. */
const longestChain = 5;

/** Asks the org what became of them, once per object, and S-360 only where a rule says to mark. Throws FaultError. */
export async function followGone(deps: SyncDeps, batch: ClaimedBatch, prepared: Prepared): Promise<Fates> {
  const gone = batch.records.flatMap((record) =>
    record.links.flatMap((link): GoneLink[] => {
      const mapping = prepared.ready.find(({ published }) => published.mappingId === link.mappingId);
      return link.goneAt !== null && mapping ? [{ record, link, mapping }] : [];
    }),
  );
  const fates = new Map<number, LinkResult[]>();
  if (gone.length === 0) return fates;
  const masters = await readMasters(deps, gone);
  for (const one of gone) {
    const master = masters.get(one.link.salesforceId);
    const results = await fateOf(deps, batch.connectionId, one, master);
    fates.set(one.record.id, [...(fates.get(one.record.id) ?? []), ...results]);
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

async function fateOf(
  deps: SyncDeps,
  connectionId: number,
  one: GoneLink,
  master: string | null | undefined,
): Promise<LinkResult[]> {
  if (master === undefined) return [livesAgain(one)];
  if (master === null) return deleted(deps, one);
  return merged(deps, connectionId, one, master);
}

function livesAgain({ record, link, mapping }: GoneLink): LinkResult {
  const { salesforceId, key, agreed } = link;
  const effects = { gone: false, again: ["in", "out"] as const };
  return { record, mapping, outcome: "unchanged", salesforceId, key, agreed, effects };
}

async function merged(
  deps: SyncDeps,
  connectionId: number,
  { record, link, mapping }: GoneLink,
  master: string,
): Promise<LinkResult[]> {
  const rows = await deps.db.execute<{ record_id: string; key: string; link_key: string; kind: string }>(sql`
    select l.record_id, r.key, l.key as link_key, r.kind from link l join record r on r.id = l.record_id
    where l.connection_id = ${connectionId} and l.mapping_id = ${link.mappingId} and l.head
      and l.salesforce_id = ${master}`);
  const head = rows.rows[0];
  if (head && head.kind !== record.kind) {
    return [
      unclear({ record, link, mapping }, master, `it is another kind of contact in S-360 (${head.key})`),
    ];
  }
  const tried = { record, mapping, outcome: "merged" as const, salesforceId: master };
  if (head) {
    return [
      {
        ...tried,
        effects: { gone: false, moved: { salesforceId: master, key: head.link_key, head: false } },
      },
    ];
  }
  const { object, keyField } = mapping.compiled;
  const [row] = await deps.side.read([{ object, ids: [master], fields: [keyField] }]);
  const carried = row?.fields[keyField] ?? null;
  if (carried !== null && String(carried).toLowerCase() !== link.key.toLowerCase()) {
    return [
      unclear(
        { record, link, mapping },
        master,
        `that one carries the Sync ID ${carried}, which S-360 has not sent`,
      ),
    ];
  }
  const moved = { salesforceId: master, key: link.key, head: true };
  return [{ ...tried, effects: { gone: false, moved, again: ["in", "out"] } }];
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

async function deleted(deps: SyncDeps, one: GoneLink): Promise<LinkResult[]> {
  const { record, link, mapping } = one;
  const kind = contactKinds.find((candidate) => candidate === record.kind);
  const rule = kind ? deps.settings.rules.out[kind].delete : "ignore";
  const plain = { record, mapping };
  if (rule === "review" && !record.waived.includes("deleted_in_salesforce")) {
    const sentence =
      "This record was deleted in Salesforce. S-360 offers no delete, so the contact is still there. Restore it in Salesforce, or say that it stays deleted.";
    const subject = { object: mapping.compiled.object, salesforceId: link.salesforceId };
    return [{ ...plain, outcome: "review", fault: { code: "deleted_in_salesforce", sentence }, subject }];
  }
  if (rule === "tell") {
    const told = "This record was deleted in Salesforce. By rule its contact stays as it is in S-360.";
    return [{ ...plain, outcome: "ignored", effects: { told } }];
  }
  if (rule !== "mark" || !kind || !deps.contacts) return [{ ...plain, outcome: "ignored" }];
  return [await mark(deps.contacts, deps, kind, one)];
}

async function mark(
  contacts: ContactSide,
  { portray, settings: { markCriterion: criterion } }: SyncDeps,
  kind: Parameters<ContactSide["save"]>[0],
  { record, link, mapping }: GoneLink,
): Promise<LinkResult> {
  const { salesforceId, key, agreed } = link;
  try {
    const contact = await contacts.read(record.key);
    if (contact === null) return { record, mapping, outcome: "ignored" };
    const marked = contacts.marked(contact, criterion);
    const answer = await contacts.save(kind, marked);
    const effects = { folds: folded(portray, record, { ...marked, ...answer.contact }) };
    return {
      record,
      mapping,
      outcome: "updated",
      salesforceId,
      key,
      agreed,
      effects,
      after: { [criterion]: true },
    };
  } catch (error) {
    if (!(error instanceof FaultError) || faultRow(error.fault.code).wide) throw error;
    const outcome = faultRow(error.fault.code).retry === "later" ? "retrying" : "failed";
    return { record, mapping, outcome, fault: error.fault };
  }
}
