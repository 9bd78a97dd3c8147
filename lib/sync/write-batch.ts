/** From link works to results: ask for what is unlinked, decide, write, read the answer row by row. */
import {
  acknowledge,
  agreedAfterIn,
  arrivedBetween,
  changedInSalesforce,
  conflictsOf,
  type Agreed,
  type FieldConflict,
} from "@/lib/core/agreement";
import { decide } from "@/lib/core/decide";
import type { CanonicalFields, FoundRow, RowResult, WriteAnswer, WriteRow } from "@/lib/core/side";
import { unknownBlanks } from "./find-unlinked";
import { identify } from "./identify";
import { matchingRules } from "./matching";
import { matchWorks, type Matches } from "./match-unlinked";
import { reconcileHidden, type DecidedWork, type ReconciledWork } from "./hidden-edits";
import type { Resolved } from "./references";
import { lookForGone, refused, type Answered } from "./refused-rows";
import { changeRuledOut, changesRuledOut } from "./rules";
import {
  nameText,
  type Effects,
  type LinkResult,
  type LinkWork,
  type RecordName,
  type SyncDeps,
} from "./work";

/**
 * Writes the works and tells how each ended. Throws FaultError only when nothing can be said of any of them.
 */
export async function writeWorks(
  deps: Pick<SyncDeps, "db" | "side" | "settings" | "contacts">,
  connectionId: number,
  resolved: Resolved,
): Promise<LinkResult[]> {
  const { side, settings } = deps;
  const { works } = resolved;
  const rulesOf = matchingRules(settings.matching);
  const { find, rows, shared, absent, own, unknown } = await identify(deps, connectionId, works, rulesOf);
  const matches = await matchWorks(deps, connectionId, unknown, rows, rulesOf);
  const decided = await reconcileHidden(
    deps,
    own
      .filter((work) => !matches.ended.has(work.rowId))
      .map((work) => decideWork(deps, work, find(work) ?? matches.adopted.get(work.rowId) ?? null)),
  );
  const ruled = changesRuledOut(deps, decided);
  const writing = decided.filter(
    ({ decision, work }) => decision.verb !== "unchanged" && !ruled.has(work.record),
  );
  const answer = writing.length > 0 ? await side.write(writing.map(toRow)) : { results: [], calls: [] };
  const results = new Map(answer.results.map((result) => [result.rowId, result]));
  const refusals = writing.flatMap(({ work }) => {
    const answered = results.get(work.rowId);
    return answered && !answered.ok ? [{ work, answer: answered }] : [];
  });
  const gone = await lookForGone(deps, connectionId, refusals, resolved);
  return [
    ...shared.values(),
    ...matches.ended.values(),
    ...absent.map(({ record, mapping }): LinkResult => ({ record, mapping, outcome: "ignored" })),
    ...decided.map((item) => {
      const rule = item.decision.verb === "unchanged" ? undefined : ruled.get(item.work.record);
      if (rule) return changeRuledOut(rule, item, effectsOf(item));
      return toResult(item, results.get(item.work.rowId), answer, { ...resolved, gone, matches });
    }),
  ];
}

function decideWork(
  { settings }: Pick<SyncDeps, "settings">,
  given: LinkWork,
  found: FoundRow | null,
): DecidedWork {
  const work = acknowledged(given, settings.staleMs);
  const { compiled, describe } = work.mapping;
  const kept = keptOf(work, found);
  const decided = decide({
    fields: work.fields.filter(({ target }) => !Object.hasOwn(kept, target)),
    describe,
    keyField: compiled.keyField,
    held: heldBy(work, found),
  });
  const said = Object.fromEntries(Object.keys(kept).map((target) => [target, null]));
  return {
    work,
    decision: { ...decided, base: { ...decided.base, ...said } },
    kept,
    settled: conflictsSettled(given, work),
    id: work.link?.salesforceId ?? found?.id ?? null,
    adopted: work.link ? null : (found?.fields ?? null),
    movedOn: movedOn(given, work),
  };
}

/**
 * S-360 having no phone of a person does not mean that the one in Salesforce is wrong, when the two meet for the first time:
 * what is matched is filled, not emptied. What S-360 takes away later is taken away.
 */
function keptOf({ fields }: LinkWork, found: FoundRow | null): CanonicalFields {
  if (!found?.alike) return {};
  const kept = fields.flatMap(({ target, value }) => {
    const held = found.fields[target] ?? null;
    return value === null && held !== null ? [[target, held] as const] : [];
  });
  return Object.fromEntries(kept);
}

/** What S-360 says that we wrote there is no news. */
function acknowledged(work: LinkWork, staleMs: number): LinkWork {
  const { link, fields, mapping } = work;
  if (!link) return work;
  const values = new Map(fields.map(({ target, value }) => [target, value]));
  const staleUntil = new Date(Date.now() + staleMs).toISOString();
  const agreed = acknowledge(link.agreed, values, mapping.describe, staleUntil);
  return { ...work, link: { ...link, agreed } };
}

/** Conflicts that a write to S-360 settled whose answer was lost. */
function conflictsSettled(before: LinkWork, { link }: LinkWork): FieldConflict[] {
  if (!before.link || !link) return [];
  return conflictsOf(arrivedBetween(before.link.agreed, link.agreed));
}

/** Whether Salesforce holds something else than what S-360 has just acknowledged. */
function movedOn(before: LinkWork, { link, mapping }: LinkWork): boolean {
  const { held, agreed } = link ?? {};
  if (!held || !agreed || !before.link) return false;
  return [...mapping.back.values()].some(({ target, field }) => {
    const told = before.link?.agreed.traces[target]?.sent && !agreed.traces[target]?.sent;
    return told && target in held.fields && changedInSalesforce(agreed, held.fields[target] ?? null, field);
  });
}

/** What both sides agreed on, or what the org holds of a record that is adopted; null for a new record. */
function heldBy(work: LinkWork, found: FoundRow | null): CanonicalFields | null {
  // What is only alike has no Sync ID of its own yet.
  if (!work.link && found)
    return { ...found.fields, [work.mapping.compiled.keyField]: found.alike ? null : found.key };
  if (!work.link) return null;
  if (!found) return work.link.agreed.base;
  const looked = unknownBlanks(work).map((target) => [target, found.fields[target] ?? null]);
  return { ...work.link.agreed.base, ...Object.fromEntries(looked) };
}

function toRow({ work, decision, id }: DecidedWork): WriteRow {
  const { object, keyField } = work.mapping.compiled;
  return {
    rowId: work.rowId,
    object,
    id,
    keyField,
    key: work.key,
    fields: decision.fields,
    rank: work.mapping.rank,
    passAlerts: work.record.waived.includes("duplicate_rule"),
  };
}

function toResult(
  item: ReconciledWork,
  answer: RowResult | undefined,
  { calls }: WriteAnswer,
  { matches, ...resolved }: Answered & { readonly matches: Matches },
): LinkResult {
  const { work, decision } = item;
  const isMatched = matches.adopted.has(work.rowId);
  // A row of a halved group travelled in several calls; the last one settled it.
  const call = calls.findLast((candidate) => candidate.rowIds.includes(work.rowId));
  const tried = {
    record: work.record,
    mapping: work.mapping,
    before: decision.before,
    after: decision.fields,
    conflicts: [...item.settled, ...item.conflicts],
    effects: effectsOf(item),
    call: call ? { callId: call.callId, rows: call.rowIds.length } : undefined,
  };
  if (!answer) {
    if (item.id === null) throw new Error(`row ${work.rowId} was not answered`);
    const outcome = work.link ? "unchanged" : "adopted";
    return { ...tried, outcome, salesforceId: item.id, key: work.key, agreed: agreedBy(item, []) };
  }
  if (answer.ok) {
    const outcome = answer.created ? "created" : isMatched ? "adopted" : "updated";
    const agreed = agreedBy(item, Object.keys(decision.fields));
    const duplicates = answer.created ? matches.duplicates.get(work.rowId) : undefined;
    const effects = duplicates ? { ...tried.effects, duplicates } : tried.effects;
    return { ...tried, effects, outcome, salesforceId: answer.id, key: work.key, agreed };
  }
  // Deleted since it was found: it is looked for again.
  if (isMatched && answer.fault.code === "record_deleted")
    return { ...tried, outcome: "retrying", fault: answer.fault };
  return refused(work, answer, tried, resolved);
}

/** What S-360 is to be asked about, or to get, goes the other way. */
function effectsOf({ doubtful, holds, edited, movedOn: moved }: ReconciledWork): Effects | undefined {
  const goesBack = doubtful.length > 0 || edited || moved;
  if (!goesBack && !holds) return undefined;
  return { ...(goesBack && { again: ["out"] }), ...(holds && { holds }) };
}

function agreedBy(item: ReconciledWork, written: readonly string[]): Agreed {
  const { work, decision, agreed, doubtful, kept } = item;
  const after = agreedAfterIn(agreed, decision.base, written, new Set(work.mapping.back.keys()), doubtful);
  return Object.keys(kept).length === 0 ? after : { ...after, stored: { ...after.stored, ...kept } };
}
