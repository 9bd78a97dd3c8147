/** How rows end that Salesforce refused, and what became of the records that it does not find any more. */
import { faultRow, outcomeOf } from "@/lib/core/faults";
import type { RowResult } from "@/lib/core/side";
import { goneOf, type GoneIds } from "./lost-records";
import { waitFor, type Resolved } from "./references";
import { nameText, type LinkResult, type LinkWork, type RecordName, type SyncDeps } from "./work";

type Refusal = Extract<RowResult, { ok: false }>;

export interface Answered extends Resolved {
  readonly gone: GoneIds;
}

/** While edits go back, what Salesforce does not find is asked what became of it: merged, deleted, or only hidden. */
export async function lookForGone(
  deps: Pick<SyncDeps, "db" | "side" | "contacts">,
  connectionId: number,
  refusals: readonly { readonly work: LinkWork; readonly answer: Refusal }[],
  resolved: Resolved,
): Promise<GoneIds> {
  if (!deps.contacts) return new Map();
  const names = refusals.flatMap(({ work, answer }) => {
    const awaited = awaitedBy(work, answer);
    const lost = awaited && resolved.wasLinked(awaited.name, awaited.object) ? [awaited.name] : [];
    return isOwnLost(work, answer) ? [...lost, work.record] : lost;
  });
  return goneOf(deps, connectionId, names);
}

export function refused(
  work: LinkWork,
  answer: Refusal,
  tried: Omit<Extract<LinkResult, { outcome: "ignored" }>, "outcome">,
  { wasLinked, gone }: Answered,
): LinkResult {
  const { fault } = answer;
  const { record, mapping, link } = work;
  const own = isOwnLost(work, answer) ? gone.get(nameText(record)) : undefined;
  if (own && link && own.includes(link.salesforceId)) {
    return { record, mapping, outcome: "ignored", effects: { gone: true, again: ["out"] } };
  }
  if (own?.length === 0) return { ...tried, outcome: "retrying", fault };
  if (work.placeholder !== undefined && answer.missingReference !== undefined) {
    const sentence = `The sale names no contact, and Salesforce has no Account with the Sync ID ${work.placeholder}, under which such sales are to stand (sales.placeholder). Give an Account that Sync ID, or name another under Rules.`;
    return { ...tried, outcome: "retrying", fault: { ...fault, code: "reference_missing", sentence } };
  }
  const awaited = awaitedBy(work, answer);
  if (awaited && !wasLinked(awaited.name, awaited.object)) {
    return { ...tried, ...waitFor(work, [{ ...awaited.name, linksSeen: 0 }]) };
  }
  if (fault.code === "duplicate_rule") {
    const { duplicates } = answer;
    const subject = { object: mapping.compiled.object, ...(duplicates && { duplicates }) };
    return { ...tried, outcome: "review", fault, subject };
  }
  if (awaited) return lostReference(awaited.name, answer, tried, gone.get(nameText(awaited.name)));
  const lockedBy = fault.code === "row_locked" ? parentOf(work) : undefined;
  const outcome = faultRow(fault.code).wide ? "untouched" : outcomeOf(fault.code);
  return { ...tried, outcome, fault, ...(lockedBy !== undefined && { lockedBy }) };
}

/** What it refers to first: saving it locks that record too. */
function parentOf({ awaits }: LinkWork): string | undefined {
  const [parent] = awaits.values();
  return parent && nameText(parent);
}

/** Salesforce says that the very record is deleted. */
function isOwnLost({ record, link }: LinkWork, { fault }: Refusal): boolean {
  return fault.code === "record_deleted" && link !== null && record.family === "contact";
}

/** The record, and the object it is to be, that the refused field refers to. */
function awaitedBy(
  { fields, awaits }: LinkWork,
  { missingReference }: Refusal,
): { readonly name: RecordName; readonly object: string } | undefined {
  const field = fields.find(({ target }) => target === missingReference);
  const name = field && awaits.get(field.target);
  return name && { name, object: field.reference?.object ?? "" };
}

function lostReference(
  { family, key }: RecordName,
  { fault }: Refusal,
  tried: Omit<Extract<LinkResult, { outcome: "ignored" }>, "outcome">,
  lost: readonly string[] | undefined,
): LinkResult {
  if (lost) {
    const sentence = `Refers to ${family} ${key}, which Salesforce does not find any more by its Sync ID. It is written once that record is merged, restored or created again.`;
    const missing = { ...fault, code: "reference_missing" as const, sentence };
    return { ...tried, outcome: "retrying", fault: missing, effects: { lost } };
  }
  const sentence = `Refers to ${family} ${key}, which was written before but can no longer be found in Salesforce by its Sync ID. Restore it there, then try again.`;
  return { ...tried, outcome: "failed", fault: { ...fault, code: "record_deleted", sentence } };
}
