/**
 * Edits that people made in Salesforce since it was last read: asked for right before fields that go both ways are
 * written, so that none is overwritten unseen. What is edited between this question and the write (about a second) is the
 * window that remains.
 */
import type { Agreed, FieldConflict, HeldRow } from "@/lib/core/agreement";
import { reconcileIn, withholdStale, type Reconciled } from "@/lib/core/reconcile";
import type { Decision } from "@/lib/core/decide";
import type { CanonicalFields, ReadRequest, ReadRow } from "@/lib/core/side";
import type { LinkRow } from "./records";
import type { LinkWork, SyncDeps } from "./work";

export interface DecidedWork {
  readonly work: LinkWork;
  readonly decision: Decision;
  /** The Salesforce id, known from the link or found in the org. */
  readonly id: string | null;
  /** What the org holds of a record that nobody had linked. */
  readonly adopted: CanonicalFields | null;
  /** What stays in Salesforce, of a record that was matched, where S-360 has nothing. */
  readonly kept: CanonicalFields;
  /** S-360 has told that it holds what we sent, and Salesforce has moved on since. */
  readonly movedOn: boolean;
  /** Conflicts that an earlier write to S-360 settled, as it is known only now. */
  readonly settled: readonly FieldConflict[];
}

export interface ReconciledWork extends DecidedWork, Pick<Reconciled, "conflicts"> {
  /** What was agreed before this write; nothing for a record without a link. */
  readonly agreed: Agreed;
  /** What Salesforce was found to hold, where that is news. */
  readonly holds: HeldRow | null;
  /** S-360 is still to get some of it. */
  readonly edited: boolean;
  /** Fields that S-360 has to be asked about before anything is made of what it said. */
  readonly doubtful: readonly string[];
}

/** Records that are new or were found just now are not asked for, nor those whose mapping goes one way only. */
export async function reconcileHidden(
  deps: Pick<SyncDeps, "side" | "settings" | "contacts">,
  all: readonly DecidedWork[],
): Promise<ReconciledWork[]> {
  const now = new Date().toISOString();
  const decided = all.map((item) => {
    if (item.work.blanks) return asDecided(item);
    const fresh = withoutStale(item, deps.contacts !== null, now);
    return deps.contacts ? adopt(deps, fresh) : fresh;
  });
  const asking = deps.contacts ? decided.flatMap((item) => questionOf(item)) : [];
  if (asking.length === 0) return decided;
  const rows = new Map((await deps.side.read(requestsOf(asking))).map((row) => [row.id, row]));
  const us = await deps.side.userId();
  return decided.map((item) => {
    const row = item.id === null ? undefined : rows.get(item.id);
    const { link } = item.work;
    if (!row || !link || item.work.blanks) return item;
    const current = { fields: row.fields, byUs: row.modifiedBy === us };
    const reconciled = reconcileIn(item.decision, item.agreed, current, rulesOf(deps, item));
    if (isOld(link)) return firstSeen(item, reconciled, row);
    return { ...item, ...reconciled, holds: reconciled.edited ? heldNow(row, link.held) : null };
  });
}

/** Linked before edits went back: what differs by then is nobody's edit of today, and each side keeps its own. */
function isOld({ held, agreed }: LinkRow): boolean {
  return held === null && Object.keys(agreed.traces).length === 0;
}

function firstSeen(item: ReconciledWork, reconciled: Reconciled, row: ReadRow): ReconciledWork {
  const decided = item.decision.fields;
  const others = Object.entries(row.fields).filter(([name]) => !Object.hasOwn(decided, name));
  const stored = { ...reconciled.agreed.stored, ...Object.fromEntries(others) };
  const agreed = { ...reconciled.agreed, stored };
  return { ...item, ...reconciled, agreed, holds: heldNow(row, null), edited: keptHere(reconciled) };
}

function rulesOf({ settings }: Pick<SyncDeps, "settings">, { work }: DecidedWork) {
  const { describe, back } = work.mapping;
  return {
    describe,
    ownerOf: (field: string) => back.get(field)?.line.owner ?? settings.conflictOwner,
  };
}

/** A record that the org had already: where both hold something, the owner's value stays. */
function adopt(deps: Pick<SyncDeps, "settings">, item: ReconciledWork): ReconciledWork {
  const { adopted, work } = item;
  if (!adopted) return item;
  const fields = Object.fromEntries(Object.entries(adopted).filter(([name]) => work.mapping.back.has(name)));
  const reconciled = reconcileIn(item.decision, nothingAgreed, { fields, byUs: false }, rulesOf(deps, item));
  const { decision, conflicts } = reconciled;
  if (!keptHere(reconciled)) return { ...item, decision, conflicts };
  const by = { id: "", name: null, person: false };
  return {
    ...item,
    decision,
    conflicts,
    holds: { stamp: "", fields, modifiedBy: by, assumed: true },
    edited: true,
  };
}

/** Salesforce's value stays, so S-360 is still to get it. */
function keptHere({ conflicts }: Pick<Reconciled, "conflicts">): boolean {
  return conflicts.some(({ winner }) => winner === "salesforce");
}

function withoutStale(item: DecidedWork, canAsk: boolean, now: string): ReconciledWork {
  const { link, mapping } = item.work;
  const plain = asDecided(item);
  if (!link || !canAsk) return plain;
  return { ...plain, ...withholdStale(item.decision, link.agreed, mapping.describe, now) };
}

/** Nothing is asked, and nobody's edit counts. */
function asDecided(item: DecidedWork): ReconciledWork {
  const agreed = item.work.link?.agreed ?? nothingAgreed;
  return { ...item, conflicts: [], agreed, holds: null, edited: false, doubtful: [] };
}

const nothingAgreed: Agreed = { base: {}, stored: {}, traces: {} };

interface Question {
  readonly link: LinkRow;
  readonly object: string;
  readonly fields: readonly string[];
}

/** All fields that go both ways: our write hides who edited the others before it. */
function questionOf({ work, decision }: DecidedWork): Question[] {
  const fields = [...work.mapping.back.keys()];
  if (!work.link || work.blanks || decision.verb !== "update" || fields.length === 0) return [];
  return [{ link: work.link, object: work.mapping.compiled.object, fields }];
}

function requestsOf(questions: readonly Question[]): ReadRequest[] {
  const byObject = new Map<string, { ids: Set<string>; fields: Set<string> }>();
  for (const { link, object, fields } of questions) {
    const request = byObject.get(object) ?? { ids: new Set(), fields: new Set() };
    request.ids.add(link.salesforceId);
    for (const field of fields) request.fields.add(field);
    byObject.set(object, request);
  }
  return [...byObject].map(([object, { ids, fields }]) => ({ object, ids: [...ids], fields: [...fields] }));
}

/** Who edited it is known only if our own last write has not hidden it. */
function heldNow({ fields, modifiedBy, person }: ReadRow, known: HeldRow | null): HeldRow {
  // Whoever is not known may be no person: a job that rewrites a value must not pass for one.
  const by = known?.modifiedBy.id === modifiedBy ? known.modifiedBy : { id: modifiedBy, name: null, person };
  return { stamp: known?.stamp ?? "", fields, modifiedBy: by, accountId: known?.accountId, assumed: true };
}
