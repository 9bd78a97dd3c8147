/**
 * Records that Salesforce told deleted: merged into another, deleted by a person, or back again. A merge is followed: the
 * number of the record that went becomes an alias of the one that stayed, and only that one writes (design §1 link).
 */
import { isAnonymised } from "@/lib/core/anonymised";
import { FaultError, faultRow, outcomeOf } from "@/lib/core/faults";
import { contactKinds, type ContactKind } from "@/lib/core/words";
import { folded, numberOf, otherThanKnown, type BackDeps } from "./back-record";
import { merged, readMasters, readStayed, type GoneLink, type Stayed } from "./merged";
import type { Prepared } from "./prepare";
import type { ClaimedBatch } from "./records";
import type { LinkResult, SyncDeps } from "./work";

/** How one link ended: known, or to be marked in S-360. */
export type Fate = LinkResult | { readonly mark: GoneLink; readonly kind: ContactKind };

export interface Fates {
  /** By record: the fates of its links whose Salesforce record is gone. */
  readonly byRecord: ReadonlyMap<number, readonly Fate[]>;
  /** Records made in Salesforce that give way to a number that moves to them: nothing else is done with them. */
  readonly replaced: ReadonlySet<number>;
}

/** Asks the org what became of them, a few calls for all; S-360 is not asked yet. Throws FaultError. */
export async function followGone(deps: SyncDeps, batch: ClaimedBatch, prepared: Prepared): Promise<Fates> {
  const gone = batch.records.flatMap((record) =>
    record.links.flatMap((link): GoneLink[] => {
      const mapping = prepared.ready.find(({ published }) => published.mappingId === link.mappingId);
      return link.goneAt !== null && !link.fated && mapping ? [{ record, link, mapping }] : [];
    }),
  );
  const byRecord = new Map<number, Fate[]>();
  if (gone.length === 0) return { byRecord, replaced: new Set() };
  const masters = await readMasters(deps, gone);
  const stayed = await readStayed(deps, batch, gone, masters);
  for (const one of gone) {
    const fate = fateOf(deps, one, masters.get(one.link.salesforceId), stayed);
    byRecord.set(one.record.id, [...(byRecord.get(one.record.id) ?? []), fate]);
  }
  const ours = [...stayed.newcomers.values()].filter(({ standing }) => standing === "ours");
  return { byRecord, replaced: new Set(ours.map(({ recordId }) => recordId)) };
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
    const effects = { fated: true, told: { sentence, happened: "deleted" as const } };
    return { ...plain, outcome: "ignored", effects };
  }
  if (rule !== "mark" || !kind || record.waived.includes("mark"))
    return { ...plain, outcome: "ignored", effects: { fated: true } };
  return { mark: one, kind };
}

/** A contact is marked once, however many of its Salesforce records are gone. */
export async function markOnce(
  back: BackDeps,
  criterion: string,
  marks: readonly Exclude<Fate, LinkResult>[],
): Promise<LinkResult[]> {
  const [first, ...others] = marks;
  if (!first) return [];
  const result = await mark(back, criterion, first);
  return [
    result,
    ...others.map(({ mark: { record, mapping } }): LinkResult => {
      if (!("fault" in result)) return { record, mapping, outcome: "ignored", effects: { fated: true } };
      const { outcome, fault } = result;
      return outcome === "waiting" ? result : { record, mapping, outcome, fault };
    }),
  ];
}

async function mark(
  back: BackDeps,
  criterion: string,
  { mark: { record, link, mapping }, kind }: Exclude<Fate, LinkResult>,
): Promise<LinkResult> {
  const { contacts, portray } = back;
  const { salesforceId, key, agreed } = link;
  try {
    const contact = await contacts.read(numberOf(record), { thenSave: true });
    const other = contact && otherThanKnown(portray, record, contact);
    if (other) return { record, mapping, outcome: "review", fault: other };
    if (contact === null || isAnonymised(contact, back.settings.anonymised))
      return { record, mapping, outcome: "ignored", effects: { fated: true } };
    const marked = contacts.marked(contact, criterion);
    const answer = await contacts.save(kind, marked, ["contactCriteria"], () => back.note(link, agreed));
    const folds = folded(portray, record, { ...marked, ...answer.contact });
    const after = { [criterion]: true };
    const effects = { fated: true, folds };
    return { record, mapping, outcome: "updated", salesforceId, key, agreed, effects, after };
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    const { code } = error.fault;
    const outcome = faultRow(code).wide ? "untouched" : outcomeOf(code);
    return { record, mapping, outcome, fault: error.fault };
  }
}
