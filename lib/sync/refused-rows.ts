/** How rows end that Salesforce refused, and what became of the records that it does not find any more. */
import { faultRow, outcomeOf, type Fault } from "@/lib/core/faults";
import type { RowResult } from "@/lib/core/side";
import { goneOf, type GoneIds } from "./lost-records";
import { waitFor, type Resolved } from "./references";
import {
  nameText,
  type LinkResult,
  type PlannedReference,
  type PlannedWrite,
  type RecordName,
  type SyncDeps,
} from "./work";

type Refusal = Extract<RowResult, { ok: false }>;

export interface Answered extends Pick<Resolved, "wasLinked" | "asAwaited"> {
  readonly gone: GoneIds;
}

/** While edits go back, what Salesforce does not find is asked what became of it: merged, deleted, or only hidden. */
export async function lookForGone(
  deps: Pick<SyncDeps, "db" | "side" | "contacts">,
  connectionId: number,
  refusals: readonly { readonly write: PlannedWrite; readonly answer: Refusal }[],
  resolved: Pick<Resolved, "wasLinked">,
): Promise<GoneIds> {
  if (!deps.contacts) return new Map();
  const names = refusals.flatMap(({ write, answer }): RecordName[] => {
    const awaited = awaitedBy(write, answer);
    const lost = awaited && resolved.wasLinked(awaited, awaited.object) ? [awaited] : [];
    return isOwnLost(write, answer) ? [...lost, write.record] : lost;
  });
  return goneOf(deps, connectionId, names);
}

export function refused(
  write: PlannedWrite,
  answer: Refusal,
  tried: Omit<Extract<LinkResult, { outcome: "ignored" }>, "outcome">,
  { wasLinked, asAwaited, gone }: Answered,
): LinkResult {
  const { fault } = answer;
  const { record, mapping, linkedTo } = write;
  const own = isOwnLost(write, answer) ? gone.get(nameText(record)) : undefined;
  if (own && linkedTo !== null && own.includes(linkedTo)) {
    return { record, mapping, outcome: "ignored", effects: { gone: true, again: ["out"] } };
  }
  if (own?.length === 0) return { ...tried, outcome: "retrying", fault };
  if (write.placeholder !== null && answer.missingReference !== undefined) {
    const sentence = `The sale names no contact, and Salesforce has no Account with the Sync ID ${write.placeholder}, under which such sales are to stand (sales.placeholder). Give an Account that Sync ID, or name another under Rules.`;
    return { ...tried, outcome: "retrying", fault: { ...fault, code: "reference_missing", sentence } };
  }
  const awaited = awaitedBy(write, answer);
  if (awaited && !wasLinked(awaited, awaited.object)) {
    return { ...tried, ...waitFor(write, [asAwaited(awaited)]) };
  }
  if (fault.code === "duplicate_rule") {
    const { duplicates } = answer;
    const subject = {
      object: mapping.compiled.object,
      ...(duplicates && { duplicates }),
      // Which record it is can be said of what is not linked yet.
      ...(linkedTo === null && { mappingId: mapping.published.mappingId }),
    };
    return { ...tried, outcome: "review", fault, subject };
  }
  if (awaited) return lostReference(awaited, answer, tried, gone.get(nameText(awaited)));
  if (isOwnKeyTaken(write, fault)) return { ...tried, outcome: "retrying", fault: { ...fault, ...keyTaken } };
  const lockedBy = fault.code === "row_locked" ? parentOf(write) : undefined;
  const outcome = faultRow(fault.code).wide ? "untouched" : outcomeOf(fault.code);
  return { ...tried, outcome, fault, ...(lockedBy !== undefined && { lockedBy }) };
}

/** After so many tries it is no write of ours that holds the key. */
const mostTries = 5;

const keyTaken = {
  code: "org_busy",
  sentence:
    "Another Salesforce record was just given this Sync ID, most likely by a call of the connector whose answer was lost. It is looked up and tried again by itself.",
} as const;

/** The org was still at work on a call that we had given up: what carries the key is found when it is asked again. */
function isOwnKeyTaken({ row, record, linkedTo }: PlannedWrite, { code, field }: Fault): boolean {
  const isOwnKey = code === "duplicate_value" && field?.toLowerCase() === row.keyField.toLowerCase();
  return isOwnKey && linkedTo === null && record.attempts < mostTries;
}

/** What it refers to first: saving it locks that record too. */
function parentOf({ references: [parent] }: PlannedWrite): string | undefined {
  return parent && nameText(parent);
}

/** Salesforce says that the very record is deleted. */
function isOwnLost({ record, linkedTo }: PlannedWrite, { fault }: Refusal): boolean {
  return fault.code === "record_deleted" && linkedTo !== null && record.family === "contact";
}

/** What the refused field refers to. */
function awaitedBy(
  { references }: PlannedWrite,
  { missingReference }: Refusal,
): PlannedReference | undefined {
  return references.find(({ target }) => target === missingReference);
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
