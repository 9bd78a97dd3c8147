/** A row on its way: what is to be noted with it is settled before it leaves, how it ended once it was answered. */
import { agreedAfterIn, type Agreed } from "@/lib/core/agreement";
import type { RowResult, WriteRow } from "@/lib/core/side";
import type { ReconciledWork } from "./hidden-edits";
import type { Adoptions } from "./adoptions";
import { agreedBlank } from "./anonymised";
import type { Matches } from "./match-unlinked";
import { refused, type Answered } from "./refused-rows";
import type { Effects, LinkResult, LinkWork, PlannedReference, PlannedWrite } from "./work";

/** What differs is to be written. */
export function planWrite(item: ReconciledWork, matches: Matches, adoptions: Adoptions): PlannedWrite {
  const { work, decision } = item;
  const earlier = adoptions.earlier.get(work.rowId);
  const { published, compiled } = work.mapping;
  return {
    row: toRow(item),
    record: work.record,
    mapping: {
      published: { mappingId: published.mappingId, versionId: published.versionId },
      compiled: { object: compiled.object, keyField: compiled.keyField },
    },
    // The timeline tells that it was blanked, not once more what it held.
    before: work.blanks ? {} : decision.before,
    conflicts: [...item.settled, ...item.conflicts],
    effects: effectsOf(item) ?? null,
    duplicates: earlier?.duplicates ?? matches.duplicates.get(work.rowId) ?? null,
    agreed: agreedBy(item, Object.keys(decision.fields)),
    linkedTo: work.link?.salesforceId ?? null,
    matched: matches.adopted.has(work.rowId) || earlier !== undefined,
    references: referencesOf(work),
    parent: parentOf(work),
    linkedLater: work.linkedLater ?? [],
    placeholder: work.placeholder ?? null,
  };
}

function toRow({ work, decision, id }: ReconciledWork): WriteRow {
  const { object, keyField } = work.mapping.compiled;
  return {
    rowId: work.rowId,
    object,
    id,
    keyField,
    key: work.key,
    fields: decision.fields,
    rank: work.mapping.rank,
    // Whoever was anonymised has the name of all others who were.
    passAlerts: work.blanks === true || work.record.waived.includes("duplicate_rule"),
  };
}

function referencesOf({ fields, awaits }: LinkWork): PlannedReference[] {
  return fields.flatMap(({ target, value, reference }) => {
    const name = value === null ? undefined : awaits.get(target);
    return name && reference ? [{ ...name, target, object: reference.object }] : [];
  });
}

/** The first that it refers to, by the external id that stands there. */
function parentOf({ fields }: LinkWork): string | null {
  const parent = fields.find(({ reference, value }) => reference && value !== null);
  return parent?.reference ? `${parent.reference.object} ${parent.value}` : null;
}

/** What S-360 is to be asked about, or to get, goes the other way. */
export function effectsOf({ doubtful, holds, edited, movedOn: moved }: ReconciledWork): Effects | undefined {
  const goesBack = doubtful.length > 0 || edited || moved;
  if (!goesBack && !holds) return undefined;
  return { ...(goesBack && { again: ["out"] }), ...(holds && { holds }) };
}

export function agreedBy(item: ReconciledWork, written: readonly string[]): Agreed {
  const { work, decision, agreed, doubtful, kept } = item;
  const after = agreedAfterIn(agreed, decision.base, written, new Set(work.mapping.back.keys()), doubtful);
  if (work.blanks) return agreedBlank(after, work);
  return Object.keys(kept).length === 0 ? after : { ...after, stored: { ...after.stored, ...kept } };
}

/** How a row ended that Salesforce answered. */
export function concludeWrite(
  write: PlannedWrite,
  answer: RowResult,
  call: { readonly callId: string; readonly rows: number } | undefined,
  answered: Answered,
): LinkResult {
  const { record, mapping, row } = write;
  const tried = {
    record,
    mapping,
    before: write.before,
    after: row.fields,
    conflicts: write.conflicts,
    effects: write.effects ?? undefined,
    call,
  };
  if (answer.ok) {
    const outcome = answer.created ? "created" : write.matched ? "adopted" : "updated";
    const { duplicates } = write;
    const effects = duplicates ? { ...tried.effects, duplicates } : tried.effects;
    return {
      ...tried,
      effects,
      outcome,
      salesforceId: answer.id,
      key: row.key,
      agreed: write.agreed,
      linkedLater: write.linkedLater,
    };
  }
  // Deleted since it was found: it is looked for again.
  if (write.matched && answer.fault.code === "record_deleted")
    return { ...tried, outcome: "retrying", fault: answer.fault };
  return refused(write, answer, tried, answered);
}
