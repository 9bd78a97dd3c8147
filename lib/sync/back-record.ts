/** One record on its way back: S-360 is read, what changed in Salesforce is put into the contact, and it is saved. */
import { randomUUID } from "node:crypto";
import {
  acknowledge,
  agreedInSalesforce,
  type Agreed,
  type FieldConflict,
  type FieldTrace,
} from "@/lib/core/agreement";
import { sameValue } from "@/lib/core/canonical";
import type { Contact, ContactSide } from "@/lib/core/contact-side";
import { FaultError, type Fault } from "@/lib/core/faults";
import type { Portray } from "@/lib/core/inbound";
import { evaluateMapping } from "@/lib/core/mapping/evaluate";
import type { EvaluationContext } from "@/lib/core/mapping/evaluation";
import { putBack } from "@/lib/core/mapping/put-back";
import { reconcileOut } from "@/lib/core/reconcile";
import type { CanonicalFields, CanonicalValue } from "@/lib/core/side";
import type { ContactKind } from "@/lib/core/words";
import { agreedAfterOut, type SettledField } from "./back-agreement";
import { keyedAgreement, type BackChange, type LinkChanges } from "./back-changes";
import type { ClaimedRecord, LinkRow } from "./records";
import type { Effects, LinkResult, SyncDeps } from "./work";

export interface BackDeps {
  readonly connectionId: number;
  readonly contacts: ContactSide;
  readonly settings: SyncDeps["settings"];
  readonly context: EvaluationContext;
  readonly portray: Portray;
  /** Stores what is about to be sent, before it is. */
  readonly note: (link: LinkRow, agreed: Agreed) => Promise<void>;
}

/** A link's changes, told apart by what S-360 says now. */
interface Judged {
  readonly found: LinkChanges;
  readonly sending: readonly BackChange[];
  readonly settled: readonly SettledField[];
  readonly conflicts: readonly FieldConflict[];
  /** Doubtful fields for which S-360 really says what it held before our write. */
  readonly reverted: readonly string[];
}

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
  const contact = await deps.contacts.read(record.key);
  if (contact === null) return links.map((found) => failed(record, found, missing(record.key)));
  const judged = await Promise.all(links.map((found) => judge(deps, found, contact)));
  const changes = judged.flatMap(({ sending }) => sending);
  const put = await putBack(contact, changes, deps.context);
  const [problem] = put.problems;
  if (problem) {
    const sentence = [...new Set(put.problems.map(({ fault }) => fault.sentence))].join(" ");
    return links.map((found) => failed(record, found, { ...problem.fault, sentence }));
  }
  const long = newlyTooLong(deps.contacts, contact, put.contact);
  if (long) return links.map((found) => failed(record, found, long));
  const leaving = new Set(put.left.map(({ target }) => target));
  if (put.sections.length > 0) await noteSending(deps, judged, put.contact);
  const saved = put.sections.length > 0 ? await save(deps, kind, record.key, put.contact) : null;
  const now = saved ?? contact;
  return Promise.all(
    judged.map((one) => toResult(deps, record, one, { contact: now, saved: saved !== null, leaving })),
  );
}

async function judge(deps: BackDeps, told: LinkChanges, contact: Contact): Promise<Judged> {
  const values = await valuesOf(deps, told, contact);
  const found = { ...told, agreed: acknowledge(told.agreed, values, told.mapping.describe) };
  const sending: BackChange[] = [];
  const settled: SettledField[] = [];
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
    const field = found.mapping.describe.get(name);
    const base = found.agreed.base[name] ?? null;
    return field && values.has(name) && !sameValue(values.get(name), base, field);
  });
  return { found, sending, settled, conflicts, reverted };
}

/** Should the answer be lost, or the worker with it, what S-360 says afterwards is known as our own. */
async function noteSending(deps: BackDeps, judged: readonly Judged[], contact: Contact): Promise<void> {
  for (const { found, sending } of judged) {
    const values = await valuesOf(deps, found, contact);
    const traces: Record<string, FieldTrace> = { ...found.agreed.traces };
    for (const { line, value: salesforce } of sending) {
      const s360 = values.get(line.target);
      if (s360 !== undefined) traces[line.target] = { ...traces[line.target], sent: { s360, salesforce } };
    }
    await deps.note(found.link, { ...found.agreed, traces });
  }
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

/** The contact as S-360 has it afterwards, as far as it tells. */
async function save(deps: BackDeps, kind: ContactKind, number: string, contact: Contact): Promise<Contact> {
  const answer = await deps.contacts.save(kind, {
    ...contact,
    contactNumber: contact["contactNumber"] ?? number,
  });
  return { ...contact, ...answer.contact };
}

interface Outcome {
  readonly contact: Contact;
  readonly saved: boolean;
  /** Targets whose value S-360 cannot hold, and which are left as they are there. */
  readonly leaving: ReadonlySet<string>;
}

async function toResult(
  deps: BackDeps,
  record: ClaimedRecord,
  { found, sending, settled, conflicts, reverted }: Judged,
  { contact, saved, leaving }: Outcome,
): Promise<LinkResult> {
  const { link, mapping, byPerson } = found;
  const values = await valuesOf(deps, found, contact);
  const carried = sending.map(({ line, value }): SettledField => {
    const how = leaving.has(line.target) ? "left" : "sent";
    return { field: line.target, salesforce: value, s360: values.get(line.target), how };
  });
  const agreed = withoutDoubt(agreedAfterOut(found.agreed, [...settled, ...carried], byPerson), reverted);
  const wrote = saved && carried.some(({ how }) => how === "sent");
  // What S-360 changed itself, and keeps, has to reach Salesforce.
  const yielded = conflicts.some(({ winner }) => winner === "s360") || reverted.length > 0;
  const again = yielded || found.lacksKey ? (["in"] as const) : undefined;
  return {
    record,
    mapping,
    outcome: wrote ? "updated" : found.echo ? "echo" : "unchanged",
    salesforceId: link.salesforceId,
    key: link.key,
    agreed: keyedAgreement(found, agreed),
    before: valuesBefore(found.agreed, sending),
    after: Object.fromEntries(sending.map(({ line, value }) => [line.target, value])),
    conflicts,
    effects: { folds: folded(deps.portray, record, contact), again },
    ...(saved && { call: { callId: randomUUID(), rows: 1 } }),
  };
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
  const sentence = `S-360 does not know contact ${key} any more: it was deleted there, merged into another, or anonymised. Nothing was written.`;
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
