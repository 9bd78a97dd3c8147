/** From link works to results: ask for what is unlinked, decide, write, read the answer row by row. */
import { decide, type Decision } from "@/lib/core/decide";
import { faultRow, type Fault } from "@/lib/core/faults";
import type { FindRequest, FoundRow, RowResult, Side, WriteAnswer, WriteRow } from "@/lib/core/side";
import { nameText, type LinkResult, type LinkWork } from "./work";
import { waitFor, type Target } from "./references";

interface Decided {
  readonly work: LinkWork;
  readonly decision: Decision;
  /** The Salesforce id, known from the link or found in the org. */
  readonly id: string | null;
}

/**
 * Writes the works and tells how each ended. Throws FaultError only when nothing can be said of any of them.
 */
export async function writeWorks(
  side: Side,
  works: readonly LinkWork[],
  linked: ReadonlyMap<string, readonly Target[]>,
): Promise<LinkResult[]> {
  const found = await findUnlinked(side, works);
  const decided = works.map((work) =>
    decideWork(work, found.get(foundKey(work.mapping.compiled.object, work.key)) ?? null),
  );
  const writing = decided.filter((item) => item.decision.verb !== "unchanged");
  const answer = writing.length > 0 ? await side.write(writing.map(toRow)) : { results: [], calls: [] };
  const results = new Map(answer.results.map((result) => [result.rowId, result]));
  return decided.map((item) => toResult(item, results.get(item.work.rowId), answer, linked));
}

/**
 * Asks the org which of the unlinked records it already has: after a crash between write and commit, or from a time
 * before the connector. What it has is adopted with what it holds, so that create-only fields never overwrite.
 */
async function findUnlinked(side: Side, works: readonly LinkWork[]): Promise<Map<string, FoundRow>> {
  const requests = new Map<
    string,
    { object: string; keyField: string; keys: Set<string>; fields: Set<string> }
  >();
  for (const work of works) {
    if (work.link) continue;
    const { object, keyField } = work.mapping.compiled;
    const request = requests.get(object) ?? { object, keyField, keys: new Set(), fields: new Set() };
    request.keys.add(work.key);
    for (const field of work.fields) if (field.target !== keyField) request.fields.add(field.target);
    requests.set(object, request);
  }
  const asked: FindRequest[] = [...requests.values()].map((request) => ({
    ...request,
    keys: [...request.keys],
    fields: [...request.fields],
  }));
  const rows = asked.length > 0 ? await side.find(asked) : [];
  return new Map(rows.map((row) => [foundKey(row.object, row.key), row]));
}

/** External ids compare without case in the org (default-mappings.md, last section). */
function foundKey(object: string, key: string): string {
  return `${object}:${key.toLowerCase()}`;
}

function decideWork(work: LinkWork, found: FoundRow | null): Decided {
  const { compiled, describe } = work.mapping;
  const held = work.link
    ? work.link.base
    : found
      ? { ...found.fields, [compiled.keyField]: found.key }
      : null;
  const decision = decide({ fields: work.fields, describe, keyField: compiled.keyField, held });
  return { work, decision, id: work.link?.salesforceId ?? found?.id ?? null };
}

function toRow({ work, decision, id }: Decided): WriteRow {
  const { object, keyField } = work.mapping.compiled;
  return {
    rowId: work.rowId,
    object,
    id,
    keyField,
    key: work.key,
    fields: decision.fields,
    rank: work.mapping.rank,
  };
}

function toResult(
  item: Decided,
  answer: RowResult | undefined,
  { calls }: WriteAnswer,
  linked: ReadonlyMap<string, readonly Target[]>,
): LinkResult {
  const { work, decision } = item;
  // A row of a halved group travelled in several calls; the last one settled it.
  const call = calls.findLast((candidate) => candidate.rowIds.includes(work.rowId));
  const tried = {
    record: work.record,
    mapping: work.mapping,
    before: decision.before,
    after: decision.fields,
    call: call ? { callId: call.callId, rows: call.rowIds.length } : undefined,
  };
  if (!answer) {
    if (item.id === null) throw new Error(`row ${work.rowId} was not answered`);
    const outcome = work.link ? "unchanged" : "adopted";
    return { ...tried, outcome, salesforceId: item.id, key: work.key, base: decision.base };
  }
  if (answer.ok) {
    const outcome = answer.created ? "created" : "updated";
    return { ...tried, outcome, salesforceId: answer.id, key: work.key, base: decision.base };
  }
  return refused(work, answer.fault, answer.missingReference, tried, linked);
}

function refused(
  work: LinkWork,
  fault: Fault,
  missingReference: string | undefined,
  tried: Omit<Extract<LinkResult, { outcome: "ignored" }>, "outcome">,
  linked: ReadonlyMap<string, readonly Target[]>,
): LinkResult {
  const row = faultRow(fault.code);
  if (row.wide) return { ...tried, outcome: "untouched", fault };
  if (row.retry === "later") return { ...tried, outcome: "retrying", fault };
  const awaited = missingReference === undefined ? undefined : work.awaits.get(missingReference);
  if (!awaited) return { ...tried, outcome: "failed", fault };
  if (!linked.has(nameText(awaited))) return { ...tried, ...waitFor(work, [awaited]) };
  const sentence = `Refers to ${awaited.family} ${awaited.key}, which was written before but can no longer be found in Salesforce by its Sync ID. Restore it there, or send the ${awaited.family} again from S-360.`;
  return { ...tried, outcome: "failed", fault: { ...fault, sentence } };
}
