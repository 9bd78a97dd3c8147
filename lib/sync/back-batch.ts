/** A claimed batch on its way to S-360: what changed, what the rules say, one record after another through the gate. */
import type { Agreed } from "@/lib/core/agreement";
import { FaultError, faultRow, outcomeOf, type Fault } from "@/lib/core/faults";
import type { EvaluationContext } from "@/lib/core/mapping/evaluation";
import { isProvisional } from "@/lib/core/record-key";
import { contactKinds, type ContactKind, type Direction, type Kind } from "@/lib/core/words";
import { isDatabaseAway } from "@/lib/platform/db";
import { describeError } from "@/lib/platform/log";
import { breather, workedMs } from "@/lib/platform/turns";
import { saysAnonymised } from "./anonymised";
import { bouncing, changesOf, keyedAgreement, type LinkChanges } from "./back-changes";
import { carryBack, refusedBack, type BackDeps } from "./back-record";
import { createContact } from "./create-contact";
import { notTakingPart, reasonToStop } from "./evaluate-batch";
import { followGone, markOnce, type Fate, type Fates } from "./gone";
import { prepareMappings, type Prepared } from "./prepare";
import { LeaseLost } from "./lease";
import type { ClaimedBatch, ClaimedRecord, LinkRow } from "./records";
import { noteAgreement } from "./settle-sql";
import { ruledOut } from "./rules";
import type { LinkResult, SyncDeps } from "./work";

/** Calls under way at once: enough to use a gate of 1,000 calls a minute when each takes 300 ms. */
const atOnce = 5;
/**
 * Contacts that one batch asks S-360 about. S-360 takes few calls a minute, so the others keep their place: what is more
 * urgent by then goes before them.
 */
const mostContacts = 10;

/** What becomes of a record: known already, or known once S-360 was asked. */
type Step = readonly LinkResult[] | (() => Promise<LinkResult[]>);

/** Results first for the records that S-360 need not be asked about. Throws FaultError when nothing can be said. */
export async function* backSteps(deps: SyncDeps, batch: ClaimedBatch): AsyncGenerator<LinkResult[]> {
  const { contacts } = deps;
  if (!contacts) throw new FaultError(notSetUp);
  const kinds = new Set(batch.records.flatMap((record): Kind[] => (record.kind ? [record.kind] : [])));
  const prepared = await prepareMappings(deps, kinds);
  const us = await deps.side.userId();
  const fates = await followGone(deps, batch, prepared);
  const context = {
    valueMaps: deps.published.valueMaps,
    timeZone: deps.settings.timeZone,
    selected: () => true,
    breathe: breather(),
    worked: workedMs,
  };
  const { connectionId, leaseToken } = batch;
  const note = (link: LinkRow, agreed: Agreed) => noteAgreement(deps.db, batch, link.id, agreed);
  const { settings, portray } = deps;
  const shared = { deps, connectionId, leaseToken, contacts, settings, context, portray, note, us };
  const apart = await standingApart(batch.records, prepared, context);
  const back: Back = { ...shared, prepared, fates, apart };
  const results: LinkResult[] = [];
  const asking: Asking[] = [];
  for (const record of batch.records) {
    const step = stepOf(back, record);
    if (typeof step !== "function") results.push(...step);
    else if (asking.length < mostContacts) asking.push({ record, ask: step });
    else results.push({ record, mapping: null, outcome: "unreached" });
  }
  yield results;
  yield await askInTurn(deps, asking);
}

/** By link id: what a mapping's filter leaves out goes neither way; a filter that cannot be told holds the record. */
async function standingApart(
  records: readonly ClaimedRecord[],
  { ready }: Prepared,
  context: EvaluationContext,
): Promise<ReadonlyMap<number, "apart" | Fault>> {
  const apart = new Map<number, "apart" | Fault>();
  for (const { links, state } of records) {
    for (const link of links) {
      const mapping = ready.find(({ published }) => published.mappingId === link.mappingId);
      if (!mapping) continue;
      // Problems of no line: a filter that cannot run.
      const broken = mapping.compiled.problems.find(({ lineIndex }) => lineIndex === -1);
      const found = broken ? broken.fault : await notTakingPart(mapping, state, context);
      if (found !== null) apart.set(link.id, found);
    }
  }
  return apart;
}

/** What another worker has taken over is left to it, and a fault of our own never touches the neighbours. */
function keepsItsPlace({ log }: SyncDeps, record: ClaimedRecord): (error: unknown) => LinkResult[] {
  return (error) => {
    const plain = { record, mapping: null };
    if (error instanceof LeaseLost) return [{ ...plain, outcome: "unreached" }];
    if (isDatabaseAway(error)) throw error;
    log.error({ recordId: record.id, err: describeError(error) }, "a record broke on its way to S-360");
    return [{ ...plain, outcome: "retrying", fault: broken }];
  };
}

const broken: Fault = {
  code: "internal",
  sentence: "The connector met an error of its own. It tries again; IT finds the details in the log.",
};

interface Asking {
  readonly record: ClaimedRecord;
  readonly ask: () => Promise<LinkResult[]>;
}

/** After a fault of S-360 as a whole the others are not asked for any more: they keep their place. */
async function askInTurn(deps: SyncDeps, asking: readonly Asking[]): Promise<LinkResult[]> {
  const results: LinkResult[] = [];
  const queue = [...asking];
  let wide: Fault | null = null;
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (wide) results.push({ record: next.record, mapping: null, outcome: "untouched", fault: wide });
      else {
        const own = await next.ask().catch(keepsItsPlace(deps, next.record));
        wide ??= own.flatMap((result) => (result.outcome === "untouched" ? [result.fault] : []))[0] ?? null;
        results.push(...own);
      }
    }
  };
  // The first one alone: while S-360 refuses work as a whole, a try costs one call and not five.
  const [first] = queue.splice(0, 1);
  if (first) {
    const own = await first.ask().catch(keepsItsPlace(deps, first.record));
    wide = own.flatMap((result) => (result.outcome === "untouched" ? [result.fault] : []))[0] ?? null;
    results.push(...own);
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

const notSetUp: Fault = {
  code: "set_up",
  sentence:
    "Sending to S-360 is not set up: operator, partner and secret are missing in the connection's file.",
};

interface Back extends BackDeps {
  readonly deps: SyncDeps;
  readonly prepared: Prepared;
  readonly fates: Fates;
  readonly apart: ReadonlyMap<number, "apart" | Fault>;
}

function stepOf(back: Back, record: ClaimedRecord): Step {
  if (back.fates.replaced.has(record.id)) return [{ record, mapping: null, outcome: "unreached" }];
  if (isProvisional(record.key)) return () => createContact(back.deps, back, record, back.prepared);
  const kind = contactKinds.find((candidate) => candidate === record.kind);
  const stop = reasonToStop(record, back.prepared);
  if (stop) return [stop];
  if (!kind || record.aliasOf !== null) return [{ record, mapping: null, outcome: "ignored" }];
  const untold = record.links.flatMap(({ id }) => back.apart.get(id) ?? []).find((one) => one !== "apart");
  if (untold) return [{ record, mapping: null, outcome: outcomeOf(untold.code), fault: untold }];
  const found = record.links.flatMap((link) => {
    const mapping = back.prepared.ready.find(({ published }) => published.mappingId === link.mappingId);
    const isOpen = mapping && link.goneAt === null && !back.apart.has(link.id);
    return isOpen ? [changesOf(link, mapping, back.us)] : [];
  });
  const fates = back.fates.byRecord.get(record.id) ?? [];
  const moves = fates.flatMap((fate) => ("outcome" in fate && fate.outcome === "merged" ? [fate] : []));
  // A merge is settled at once; whatever else there is to do with the record comes in its next turn.
  if (moves.length > 0) return found.length + fates.length > moves.length ? moves.map(dueAgain) : moves;
  // S-360 does not know the number any more, and what becomes of its Salesforce record is not S-360's affair.
  if (record.mergedInto !== null) return nothingGoesBack(record, fates.filter(livesAgain));
  if (found.length + fates.length === 0) return [{ record, mapping: null, outcome: "ignored" }];
  if (saysAnonymised(back.settings, record)) return nothingGoesBack(record, fates);
  return joined(back, fates, found.length > 0 ? carryFound(back, record, kind, found) : []);
}

function dueAgain(result: LinkResult): LinkResult {
  const again: readonly Direction[] = [...new Set([...(result.effects?.again ?? []), "out" as const])];
  return { ...result, effects: { ...result.effects, again } };
}

/** Should it be taken back that the contact was merged, its record is known to be there. */
function livesAgain(fate: Fate): boolean {
  return "outcome" in fate && fate.effects?.gone === false;
}

/** S-360 changes nothing any more of a contact that it anonymised, and neither blanks nor what they replaced are for it. */
function nothingGoesBack(record: ClaimedRecord, fates: readonly Fate[]): readonly LinkResult[] {
  const known = fates.flatMap((fate) => ("outcome" in fate ? [fate] : []));
  return known.length > 0 ? known : [{ record, mapping: null, outcome: "ignored" }];
}

/** A record may be several Salesforce records, of which one is gone and another lives. */
function joined(back: Back, fates: readonly Fate[], living: Step): Step {
  const known = fates.flatMap((fate) => ("outcome" in fate ? [fate] : []));
  const marks = fates.flatMap((fate) => ("outcome" in fate ? [] : [fate]));
  if (marks.length === 0 && typeof living !== "function") return [...known, ...living];
  return async () => [
    ...known,
    ...(await markOnce(back, back.settings.markCriterion, marks)),
    ...(typeof living === "function" ? await living() : living),
  ];
}

function carryFound(
  back: Back,
  record: ClaimedRecord,
  kind: ContactKind,
  found: readonly LinkChanges[],
): Step {
  const changed = found.filter(({ changes }) => changes.length > 0);
  const frozen = changed.flatMap((one) => bouncing(one));
  if (frozen.length > 0 && !record.waived.includes("bounce")) return [bounceReview(record, frozen)];
  const ruled = changed.length > 0 ? ruledOut(record, back.settings.rules.out[kind].update, changed) : [];
  // A question to S-360 is no edit: it is asked whatever the rules say of edits.
  const open = found.filter((one) => !ruled.some(({ mapping }) => mapping === one.mapping));
  const asking = open.filter(
    ({ changes, doubtful, unanswered }) => changes.length > 0 || doubtful.length > 0 || unanswered,
  );
  const settled = open.filter((one) => !asking.includes(one)).map((one) => nothingToSend(record, one));
  if (asking.length === 0) return [...ruled, ...settled];
  return async () => [...ruled, ...settled, ...(await carryOrRefuse(back, record, kind, asking))];
}

async function carryOrRefuse(
  back: Back,
  record: ClaimedRecord,
  kind: ContactKind,
  changed: readonly LinkChanges[],
): Promise<LinkResult[]> {
  try {
    return await carryBack(back, record, kind, changed);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    const { code } = error.fault;
    const outcome = faultRow(code).wide ? "untouched" : outcomeOf(code);
    return refusedBack(record, changed, error, outcome);
  }
}

/** An echo of our own write, or an edit of something that does not go back. */
function nothingToSend(record: ClaimedRecord, found: LinkChanges): LinkResult {
  const { link, mapping, echo, lacksKey } = found;
  return {
    record,
    mapping,
    outcome: echo ? "echo" : "unchanged",
    salesforceId: link.salesforceId,
    key: link.key,
    agreed: keyedAgreement(found),
    ...(lacksKey && { effects: { again: ["in"] } }),
  };
}

function bounceReview(record: ClaimedRecord, lines: ReturnType<typeof bouncing>): LinkResult {
  const names = lines.map(({ field }) => field.label).join(", ");
  const sentence = `${names} changes back and forth between S-360 and Salesforce although nobody edits it: something in one of the two rewrites it each time. It is frozen. Find the flow, trigger or job that does; then send what Salesforce holds, or keep both as they are.`;
  return {
    record,
    mapping: null,
    outcome: "review",
    fault: { code: "bounce", sentence, field: lines[0]?.target },
    subject: { fields: lines.map(({ target }) => target) },
  };
}
