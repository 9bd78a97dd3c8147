/**
 * Edits that people made in Salesforce since it was last read: asked for right before fields that go both ways are
 * written, so that none is overwritten unseen. What is edited between this question and the write (about a second) is the
 * window that remains.
 */
import { reconcileIn, withholdStale, type Reconciled } from "@/lib/core/reconcile";
import type { Decision } from "@/lib/core/decide";
import type { ReadRequest, ReadRow } from "@/lib/core/side";
import type { LinkRow } from "./records";
import type { LinkWork, SyncDeps } from "./work";

export interface DecidedWork {
  readonly work: LinkWork;
  readonly decision: Decision;
  /** The Salesforce id, known from the link or found in the org. */
  readonly id: string | null;
}

export interface ReconciledWork extends DecidedWork, Pick<Reconciled, "conflicts"> {
  /** Fields that S-360 has to be asked about before anything is made of what it said. */
  readonly doubtful: readonly string[];
}

/** Records that are new, were found just now, or change in one-way fields only are not asked for. */
export async function reconcileHidden(
  deps: Pick<SyncDeps, "side" | "settings" | "contacts">,
  all: readonly DecidedWork[],
): Promise<ReconciledWork[]> {
  const decided = all.map((item) => withoutStale(item, deps.contacts !== null));
  const asking = deps.contacts ? decided.flatMap((item) => questionOf(item)) : [];
  if (asking.length === 0) return decided;
  const rows = new Map((await deps.side.read(requestsOf(asking))).map((row) => [row.id, row]));
  const us = await deps.side.userId();
  return decided.map((item) => {
    const row = item.id === null ? undefined : rows.get(item.id);
    const { link, mapping } = item.work;
    if (!row || !link) return item;
    const reconciled = reconcileIn(item.decision, link.agreed, currentOf(row, us), {
      describe: mapping.describe,
      ownerOf: (field) => mapping.back.get(field)?.line.owner ?? deps.settings.conflictOwner,
    });
    return { ...item, ...reconciled };
  });
}

function withoutStale(item: DecidedWork, canAsk: boolean): ReconciledWork {
  const { link, mapping } = item.work;
  if (!link || !canAsk) return { ...item, conflicts: [], doubtful: [] };
  return { ...item, conflicts: [], ...withholdStale(item.decision, link.agreed, mapping.describe) };
}

interface Question {
  readonly link: LinkRow;
  readonly object: string;
  readonly fields: readonly string[];
}

function questionOf({ work, decision }: DecidedWork): Question[] {
  const fields = Object.keys(decision.fields).filter((field) => work.mapping.back.has(field));
  if (!work.link || decision.verb !== "update" || fields.length === 0) return [];
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

function currentOf({ fields, modifiedBy }: ReadRow, us: string) {
  return { fields, byUs: modifiedBy === us };
}
