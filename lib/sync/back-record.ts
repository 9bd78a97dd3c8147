/** One record on its way back: S-360 is read, what changed in Salesforce is put into the contact, and it is saved. */
import { randomUUID } from "node:crypto";
import {
  acknowledge,
  agreedInSalesforce,
  arrivedBetween,
  conflictsOf,
  notSent,
  type Agreed,
  type Arrived,
  type FieldConflict,
  type FieldTrace,
} from "@/lib/core/agreement";
import { isAnonymised, unpersonal } from "@/lib/core/anonymised";
import { sameValue } from "@/lib/core/canonical";
import type { Contact, ContactSide } from "@/lib/core/contact-side";
import { FaultError, type Fault } from "@/lib/core/faults";
import type { Portray } from "@/lib/core/inbound";
import { evaluateMapping } from "@/lib/core/mapping/evaluate";
import type { EvaluationContext } from "@/lib/core/mapping/evaluation";
import { putBack } from "@/lib/core/mapping/back/put-back";
import { reconcileOut } from "@/lib/core/reconcile";
import type { CanonicalFields, CanonicalValue } from "@/lib/core/side";
import type { ContactKind } from "@/lib/core/words";
import { agreedAfterOut, type SettledField } from "./back-agreement";
import { changesOf, keyedAgreement, type BackChange, type LinkChanges } from "./back-changes";
import type { ClaimedRecord, LinkRow } from "./records";
import type { Effects, LinkResult, SyncDeps } from "./work";

export interface BackDeps {
  readonly connectionId: number;
  readonly leaseToken: string;
  readonly contacts: ContactSide;
  readonly settings: SyncDeps["settings"];
  readonly context: EvaluationContext;
  readonly portray: Portray;
  /** The user the connector signs in to Salesforce as. */
  readonly us: string;
  /** Stores what is about to be sent, right before it is. @throws LeaseLost */
  readonly note: (link: LinkRow, agreed: Agreed) => Promise<void>;
}

/** A link's changes, told apart by what S-360 says now. */
interface Judged {
  readonly found: LinkChanges;
  /** What the mapping makes of the contact as it was read. */
  readonly told: Values;
  readonly sending: readonly BackChange[];
  readonly settled: readonly SettledField[];
  readonly conflicts: readonly FieldConflict[];
  /** Doubtful fields for which S-360 really says what it held before our write. */
  readonly reverted: readonly string[];
  /** What S-360 has of an earlier call, though its answer was lost. */
  readonly arrived: readonly Arrived[];
}

type Values = ReadonlyMap<string, CanonicalValue>;

/**
 * At most two calls: one read, one save. Nothing is saved when nothing is left to say.
 * @throws FaultError when S-360 refused a call
 */
export async function carryBack(
  deps: BackDeps,
  record: ClaimedRecord,
  kind: ContactKind,
  links: readonly LinkChanges[],
): Promise<LinkResult[]> {
  const number = numberOf(record);
  const contact = await deps.contacts.read(number, { thenSave: true });
  if (contact === null) return links.map((found) => failed(record, found, missing(number)));
  const other = otherThanKnown(deps.portray, record, contact);
  if (other) return [{ record, mapping: null, outcome: "review", fault: other }];
  if (isAnonymised(contact, deps.settings.anonymised))
    return links.map((found) => anonymisedMeanwhile(deps, record, found, contact));
  const judged = await Promise.all(links.map((found) => judge(deps, found, contact)));
  const put = await putAll(deps, judged, contact);
  if (put.fault) return links.map((found) => failed(record, found, put.fault ?? missing(number)));
  const expected = await Promise.all(put.judged.map(({ found }) => valuesOf(deps, found, put.contact)));
  const saved = put.sections.length > 0 ? await send(deps, kind, number, put, expected) : null;
  const outcome = { contact: saved ?? contact, saved: saved !== null, leaving: put.leaving };
  return Promise.all(
    put.judged.map((one, nth) =>
      toResult(deps, record, one, { ...outcome, expected: expected[nth] ?? new Map() }),
    ),
  );
}

/** Nothing is sent and nothing personal is kept; what its anonymising means for Salesforce comes next. */
function anonymisedMeanwhile(
  { portray }: BackDeps,
  record: ClaimedRecord,
  { mapping }: LinkChanges,
  contact: Contact,
): LinkResult {
  const left = { ...unpersonal(record.state), ...contact };
  const folds = { contact: left, portrait: portray("contact", left), instead: true } as const;
  const effects: Effects = { folds, again: ["in"] };
  return { record, mapping, outcome: "ignored", effects };
}

/** The number as S-360 spells it; keys are compared without case. */
export function numberOf({ state, key }: ClaimedRecord): string {
  return typeof state["contactNumber"] === "string" ? state["contactNumber"] : key;
}

/** S-360 answers with somebody else than the record is linked for: nothing may be written onto them. */
export function otherThanKnown(portray: Portray, record: ClaimedRecord, contact: Contact): Fault | null {
  const { kind, contactId } = portray("contact", contact);
  if (record.contactId !== null && contactId !== null && contactId !== record.contactId) {
    const sentence = `S-360 now uses the number ${record.key} for another contact than the one that is linked. Check in S-360 whose number it is before anything is written.`;
    return { code: "number_reused", sentence };
  }
  if (kind !== null && record.kind !== null && kind !== record.kind) {
    const sentence = `In S-360 this is now a contact of another kind (${kind}) than the one that is linked (${record.kind}). Nothing was written to it.`;
    return { code: "kind_changed", sentence };
  }
  const answered = contact["contactNumber"];
  if (typeof answered !== "string" || answered.toLowerCase() === record.key.toLowerCase()) return null;
  const sentence = `S-360 answers for number ${record.key} with contact ${answered}: the two were merged there. Nothing was written. Say so on the page of this number, under “Merged in S-360”: then ${answered} alone is written.`;
  return { code: "merge_unclear", sentence };
}

async function judge(deps: BackDeps, told: LinkChanges, contact: Contact): Promise<Judged> {
  const { mapping, link } = told;
  const values = await valuesOf(deps, told, contact);
  const known = acknowledge(told.agreed, values, mapping.describe, staleUntil(deps.settings));
  // What was sent and is not there never arrived. With what is known now, other fields may have changed than before.
  const anew = changesOf({ ...link, agreed: notSent(known) }, mapping, deps.us);
  const found = { ...anew, wereUnseen: told.wereUnseen };
  const sending: BackChange[] = [];
  const settled: SettledField[] = [];
  const arrived = arrivedBetween(told.agreed, known);
  const conflicts: FieldConflict[] = [];
  for (const change of found.changes) {
    const { line, value: salesforce } = change;
    const s360 = values.get(line.target);
    const owner = line.line.owner ?? deps.settings.conflictOwner;
    const next = reconcileOut(line.field, found.agreed, { s360, salesforce }, owner);
    if (next.step === "agree") settled.push({ field: line.target, salesforce, s360, how: "agreed" });
    if (next.step === "conflict") conflicts.push(next.conflict);
    if (next.step === "send" || (next.step === "conflict" && owner === "salesforce")) sending.push(change);
  }
  const reverted = found.doubtful.filter((name) => {
    const field = mapping.describe.get(name);
    const base = found.agreed.base[name] ?? null;
    return field && values.has(name) && !sameValue(values.get(name), base, field);
  });
  return { found, told: values, sending, settled, conflicts, reverted, arrived };
}

export function staleUntil({ staleMs }: SyncDeps["settings"]): string {
  return new Date(Date.now() + staleMs).toISOString();
}

interface Put {
  readonly judged: readonly Judged[];
  readonly contact: Contact;
  readonly sections: readonly string[];
  /** Targets whose value S-360 cannot hold, and which are left as they are there. */
  readonly leaving: ReadonlySet<string>;
  /** Any fault holds the record. */
  readonly fault: Fault | null;
}

/** The contact with every change in it. What only a flow made of our own write is left, should S-360 not be able to hold it. */
async function putAll(deps: BackDeps, judged: readonly Judged[], contact: Contact): Promise<Put> {
  const put = await putBack(
    contact,
    judged.flatMap(({ sending }) => sending),
    deps.context,
  );
  const refused = new Set(put.problems.map(({ fault }) => fault.field ?? ""));
  const ours = judged.flatMap(({ found, sending }) =>
    sending
      .map(({ line }) => line.target)
      .filter((name) => refused.has(name) && found.wereUnseen.includes(name)),
  );
  if (refused.size > 0 && [...refused].every((name) => ours.includes(name))) {
    return putAll(
      deps,
      judged.map((one) => leave(one, refused)),
      contact,
    );
  }
  const { sections, left } = put;
  const leaving = new Set(left.map(({ target }) => target));
  const plain = { judged, contact: put.contact, sections, leaving };
  const [problem] = put.problems;
  if (!problem) return { ...plain, fault: newlyTooLong(deps.contacts, contact, put.contact) };
  const sentence = [...new Set(put.problems.map(({ fault }) => fault.sentence))].join(" ");
  return { ...plain, fault: { ...problem.fault, sentence } };
}

function leave(one: Judged, names: ReadonlySet<string>): Judged {
  const left = one.sending.filter(({ line }) => names.has(line.target));
  const settled = left.map(({ line, value }): SettledField => {
    return { field: line.target, salesforce: value, s360: one.told.get(line.target), how: "left" };
  });
  return {
    ...one,
    sending: one.sending.filter((change) => !left.includes(change)),
    settled: [...one.settled, ...settled],
  };
}

/** Noted right before it is sent: should the answer be lost, or the worker with it, what S-360 says then is known as our own. */
async function send(
  deps: BackDeps,
  kind: ContactKind,
  number: string,
  { judged, contact, sections }: Put,
  expected: readonly Values[],
): Promise<Contact> {
  const note = async (): Promise<void> => {
    for (const [nth, one] of judged.entries())
      await deps.note(one.found.link, toBeSent(one, expected[nth] ?? new Map()));
  };
  try {
    const whole = { ...contact, contactNumber: contact["contactNumber"] ?? number };
    const answer = await deps.contacts.save(kind, whole, sections, note);
    return { ...contact, ...answer.contact };
  } catch (error) {
    if (error instanceof FaultError && error.fault.code !== "answer_lost") {
      for (const { found } of judged) await deps.note(found.link, notYetSeen(found));
    }
    throw error;
  }
}

function toBeSent({ found, sending, conflicts }: Judged, expected: Values): Agreed {
  const traces: Record<string, FieldTrace> = { ...notYetSeen(found).traces };
  for (const { line, value: salesforce } of sending) {
    const s360 = expected.get(line.target);
    const conflict = conflicts.find(({ field }) => field === line.target);
    if (s360 === undefined) continue;
    const sent = { s360, salesforce, ...(conflict && { conflict }) };
    traces[line.target] = { ...traces[line.target], sent };
  }
  return { ...found.agreed, traces };
}

/** What the mapping makes of the contact, by target field. */
async function valuesOf(
  { context }: BackDeps,
  { mapping }: LinkChanges,
  contact: Contact,
): Promise<ReadonlyMap<string, CanonicalValue>> {
  const { fields } = await evaluateMapping(mapping.compiled, contact, context);
  return new Map(fields.map(({ target, value }) => [target, value]));
}

interface Outcome {
  readonly contact: Contact;
  readonly saved: boolean;
  readonly leaving: Put["leaving"];
  /** What the mapping makes of what was to be saved. */
  readonly expected: Values;
}

async function toResult(
  deps: BackDeps,
  record: ClaimedRecord,
  judged: Judged,
  { contact, saved, leaving, expected }: Outcome,
): Promise<LinkResult> {
  const { found, told, sending, settled, conflicts, reverted, arrived } = judged;
  const { link, mapping, byPerson } = found;
  const values = await valuesOf(deps, found, contact);
  const kept = sending.find(({ line: { target, field } }) => {
    const [after, before, wanted] = [values, told, expected].map((all) => all.get(target) ?? null);
    return !leaving.has(target) && !sameValue(after, wanted, field) && sameValue(after, before, field);
  });
  if (saved && kept) return failed(record, found, keptItsOwn(kept, told));
  const carried = sending.map(({ line, value }): SettledField => {
    const how = leaving.has(line.target) ? "left" : saved ? "sent" : "agreed";
    const conflict = conflicts.find(({ field }) => field === line.target);
    return { field: line.target, salesforce: value, s360: values.get(line.target), how, conflict };
  });
  const until = staleUntil(deps.settings);
  const after = agreedAfterOut(found.agreed, [...settled, ...carried], { byPerson, staleUntil: until });
  const sent = sending.filter(({ line }) => !leaving.has(line.target));
  // What S-360 changed itself, and keeps, has to reach Salesforce.
  const yielded = conflicts.some(({ winner }) => winner === "s360") || reverted.length > 0;
  const again = yielded || found.lacksKey ? (["in"] as const) : undefined;
  return {
    record,
    mapping,
    outcome: arrived.length > 0 || (saved && sent.length > 0) ? "updated" : found.echo ? "echo" : "unchanged",
    salesforceId: link.salesforceId,
    key: link.key,
    agreed: keyedAgreement(found, withoutDoubt(after, reverted)),
    before: {
      ...Object.fromEntries(arrived.map(({ field, before }) => [field, before])),
      ...valuesBefore(found.agreed, sent),
    },
    after: {
      ...Object.fromEntries(arrived.map(({ field, salesforce }) => [field, salesforce])),
      ...Object.fromEntries(sent.map(({ line, value }) => [line.target, value])),
    },
    conflicts: [...conflictsOf(arrived), ...conflicts],
    effects: { folds: folded(deps.portray, record, contact), again },
    ...(saved && { call: { callId: randomUUID(), rows: 1 } }),
  };
}

function keptItsOwn({ line, value }: BackChange, told: Values): Fault {
  const kept = told.get(line.target);
  const sentence = `S-360 took the call but kept ${line.field.label} as it was (${String(kept ?? "empty")}) instead of ${String(value ?? "empty")}. Change it in S-360, or put it back in Salesforce.`;
  return { code: "s360_refused", sentence, field: line.target };
}

/** Until the record is settled, what a flow may have made of our own write stays known as that. */
function notYetSeen({ agreed, wereUnseen }: LinkChanges): Agreed {
  const unseen = wereUnseen.map((name) => [name, { ...agreed.traces[name], unseen: true }] as const);
  return { ...agreed, traces: { ...agreed.traces, ...Object.fromEntries(unseen) } };
}

/** The contact as S-360 has it now, and how it is found by what it says. */
export function folded(portray: Portray, { state }: ClaimedRecord, contact: Contact): Effects["folds"] {
  return { contact, portrait: portray("contact", { ...state, ...contact }) };
}

/** S-360 was asked: what is doubtful is either settled, or was really changed back there. */
function withoutDoubt(agreed: Agreed, reverted: readonly string[]): Agreed {
  const traces = Object.fromEntries(
    Object.entries(agreed.traces).map(([name, { doubtful, replaced, ...trace }]) => [
      name,
      doubtful && reverted.includes(name) ? trace : { ...trace, ...(replaced !== undefined && { replaced }) },
    ]),
  );
  return { ...agreed, traces };
}

function valuesBefore(agreed: Agreed, changes: readonly BackChange[]): CanonicalFields {
  return Object.fromEntries(
    changes.map(({ line }) => [line.target, agreedInSalesforce(agreed, line.target) ?? null]),
  );
}

/** What S-360 holds already it may hold, whatever is thought of its limits. */
export function newlyTooLong(contacts: ContactSide, before: Contact, after: Contact): Fault | null {
  const known = new Set(contacts.tooLong(before).map(({ path, length }) => `${path}:${length}`));
  const found = contacts.tooLong(after).filter(({ path, length }) => !known.has(`${path}:${length}`));
  if (found.length === 0) return null;
  const list = found.map(({ path, length, most }) => `${path} has ${length} characters, S-360 takes ${most}`);
  const sentence = `Too long for S-360: ${list.join("; ")}. Shorten it in Salesforce; it is never cut.`;
  return { code: "too_long", sentence };
}

function missing(key: string): Fault {
  const sentence = `S-360 does not know contact ${key} any more: it was deleted there, merged into another, or anonymised. Nothing was written. If it was merged, say so on its page, under “Merged in S-360”.`;
  return { code: "contact_missing", sentence };
}

function failed(record: ClaimedRecord, { mapping, changes, agreed }: LinkChanges, fault: Fault): LinkResult {
  const after = Object.fromEntries(changes.map(({ line, value }) => [line.target, value]));
  return { record, mapping, outcome: "failed", fault, before: valuesBefore(agreed, changes), after };
}

/** A fault of one call as the result of every link that was under way. */
export function refusedBack(
  record: ClaimedRecord,
  links: readonly LinkChanges[],
  error: FaultError,
  outcome: "failed" | "retrying" | "untouched",
): LinkResult[] {
  return links.map((found) => ({ ...failed(record, found, error.fault), outcome }) as LinkResult);
}
