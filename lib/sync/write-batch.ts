/** From link works to results: ask for what is unlinked, decide, write, read the answer row by row. */
import {
  acknowledge,
  arrivedBetween,
  changedInSalesforce,
  conflictsOf,
  type FieldConflict,
} from "@/lib/core/agreement";
import { decide } from "@/lib/core/decide";
import type { CanonicalFields, FoundRow, RowResult, StillOurs, WriteAnswer, WriteRow } from "@/lib/core/side";
import type { Database } from "@/lib/platform/db";
import { parkWrites } from "./bulk/eligible";
import { noAdoptions, noteAdoptions, type Adoption, type Adoptions } from "./adoptions";
import { notYetBlanked } from "./anonymised";
import { unknownBlanks } from "./find-unlinked";
import { identify } from "./identify";
import { renewLease } from "./lease";
import { matchingRules } from "./matching";
import { givenWay, matchWorks } from "./match-unlinked";
import { reconcileHidden, type DecidedWork, type ReconciledWork } from "./hidden-edits";
import type { Resolved } from "./references";
import { agreedBy, concludeWrite, effectsOf, planWrite } from "./planned-write";
import { lookForGone } from "./refused-rows";
import { changeRuledOut, changesRuledOut } from "./rules";
import type { LinkResult, LinkWork, PlannedWrite, SyncDeps } from "./work";

/**
 * Writes the works and tells how each ended; those of records that `leaseToken` does not hold any more are left to whoever
 * has them. Throws FaultError only when nothing can be said of any of them.
 */
export async function writeWorks(
  deps: Pick<SyncDeps, "db" | "side" | "settings" | "contacts" | "bulk" | "tellsOnly">,
  { connectionId, leaseToken }: WrittenFor,
  resolved: Resolved,
): Promise<LinkResult[]> {
  const { side, settings } = deps;
  const { works } = resolved;
  const rulesOf = matchingRules(settings.matching);
  const identified = await identify(deps, connectionId, works, rulesOf);
  const { find, shared, ended, own, unknown } = identified;
  const matches = await matchWorks(deps, connectionId, unknown, identified, rulesOf);
  const going = own.filter((work) => !matches.ended.has(work.rowId));
  const adoptions = deps.tellsOnly
    ? noAdoptions
    : await noteAdoptions(deps.db, connectionId, going, find, matches);
  const [yielding, staying] = partition(going, (work) => adoptions.lost.has(work.rowId));
  const decided = await reconcileHidden(
    deps,
    staying.map((work) => {
      const found = find(work) ?? matches.adopted.get(work.rowId) ?? null;
      return decideWork(deps, work, found, adoptions.earlier.get(work.rowId) ?? null);
    }),
  );
  const ruled = changesRuledOut(deps, decided);
  const writes = decided
    .filter(({ decision, work }) => decision.verb !== "unchanged" && !ruled.has(work.record))
    .map((item) => planWrite(item, matches, adoptions));
  const { parked, waiting, left } = await parkWrites(deps, writes, resolved);
  const ours = leaseToken === undefined ? undefined : stillOurs(deps.db, leaseToken, left);
  const answer = left.length > 0 ? await side.write(rowsOf(left), ours) : noAnswer;
  const lost = new Set(answer.lost);
  const [others, sent] = partition(left, ({ row }) => lost.has(row.rowId));
  const written = await conclude(deps, connectionId, sent, answer.results, callsByRow(answer), resolved);
  return [
    ...shared.values(),
    ...matches.ended.values(),
    ...yielding.map(givenWay),
    ...ended,
    ...decided.flatMap((item): LinkResult[] => {
      if (item.decision.verb === "unchanged") return [unchanged(item, adoptions)];
      const rule = ruled.get(item.work.record);
      return rule ? [changeRuledOut(rule, item, effectsOf(item))] : [];
    }),
    ...parked,
    ...waiting,
    ...others.map(({ record, mapping }): LinkResult => ({ record, mapping, outcome: "unreached" })),
    ...written,
  ];
}

interface WrittenFor {
  readonly connectionId: number;
  /** Absent: nothing is leased, for nothing is really written. */
  readonly leaseToken?: string;
}

function stillOurs(db: Database, leaseToken: string, writes: readonly PlannedWrite[]): StillOurs {
  const recordOf = new Map(writes.map(({ row, record }) => [row.rowId, record.id]));
  return async (rowIds) => {
    const ids = rowIds.flatMap((rowId) => recordOf.get(rowId) ?? []);
    const ours = await renewLease(db, { leaseToken }, [...new Set(ids)]);
    return new Set(rowIds.filter((rowId) => ours.has(recordOf.get(rowId) ?? 0)));
  };
}

function rowsOf(writes: readonly PlannedWrite[]): WriteRow[] {
  return writes.map(({ row }) => row);
}

const noAnswer: WriteAnswer = { results: [], calls: [] };

type Call = NonNullable<LinkResult["call"]>;

/** A row of a halved group travelled in several calls; the last one settled it. */
function callsByRow({ calls }: WriteAnswer): (rowId: string) => Call | undefined {
  const byRow = new Map<string, Call>();
  for (const { callId, rowIds } of calls)
    for (const rowId of rowIds) byRow.set(rowId, { callId, rows: rowIds.length });
  return (rowId) => byRow.get(rowId);
}

/** How rows ended that Salesforce answered; what it did not find is asked what became of it. */
export async function conclude(
  deps: Pick<SyncDeps, "db" | "side" | "contacts">,
  connectionId: number,
  writes: readonly PlannedWrite[],
  results: readonly RowResult[],
  callOf: (rowId: string) => Call | undefined,
  resolved: Pick<Resolved, "wasLinked" | "asAwaited">,
): Promise<LinkResult[]> {
  const byRow = new Map(results.map((result) => [result.rowId, result]));
  const answered = writes.map((write) => {
    const answer = byRow.get(write.row.rowId);
    if (!answer) throw new Error(`row ${write.row.rowId} was not answered`);
    return { write, answer };
  });
  const refusals = answered.flatMap(({ write, answer }) => (answer.ok ? [] : [{ write, answer }]));
  const gone = await lookForGone(deps, connectionId, refusals, resolved);
  const { wasLinked, asAwaited } = resolved;
  return answered.map(({ write, answer }) =>
    concludeWrite(write, answer, callOf(write.row.rowId), { wasLinked, asAwaited, gone }),
  );
}

/** Nothing to write. */
function unchanged(item: ReconciledWork, { earlier }: Adoptions): LinkResult {
  const { work, decision, id } = item;
  const duplicates = earlier.get(work.rowId)?.duplicates;
  if (id === null) throw new Error(`row ${work.rowId} is new and unchanged`);
  return {
    record: work.record,
    mapping: work.mapping,
    before: decision.before,
    after: decision.fields,
    conflicts: [...item.settled, ...item.conflicts],
    effects: duplicates ? { ...effectsOf(item), duplicates } : effectsOf(item),
    outcome: work.link ? "unchanged" : "adopted",
    salesforceId: id,
    key: work.key,
    agreed: agreedBy(item, []),
    linkedLater: work.linkedLater,
  };
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): readonly [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}

function decideWork(
  { settings }: Pick<SyncDeps, "settings">,
  given: LinkWork,
  found: FoundRow | null,
  earlier: Adoption | null,
): DecidedWork {
  const work = given.blanks ? given : acknowledged(given, settings.staleMs);
  const { compiled, describe } = work.mapping;
  const kept = work.blanks ? {} : keptOf(work, found, earlier);
  const decided = decide({
    fields: work.fields.filter(({ target }) => !Object.hasOwn(kept, target)),
    describe,
    keyField: compiled.keyField,
    held: heldBy(work, found),
    always: notYetBlanked(work),
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
 * what is matched is filled, not emptied, be it in one try or several. What S-360 takes away later is taken away.
 */
function keptOf({ fields }: LinkWork, found: FoundRow | null, earlier: Adoption | null): CanonicalFields {
  if (!found?.alike && !earlier) return {};
  const kept = fields.flatMap(({ target, value }) => {
    const held = found?.fields[target] ?? null;
    const isTheirs = held !== null && !earlier?.filled.has(target);
    return value === null && isTheirs ? [[target, held] as const] : [];
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
