/** A record of Salesforce that S-360 does not have yet: created there by rule, once (design §2.4). */
import { randomUUID } from "node:crypto";
import type { Contact, ContactSide } from "@/lib/core/contact-side";
import { FaultError, faultRow, outcomeOf, type Fault } from "@/lib/core/faults";
import { evaluateMapping } from "@/lib/core/mapping/evaluate";
import { putBack } from "@/lib/core/mapping/back/put-back";
import { recordKeyOf } from "@/lib/core/record-key";
import { contactKinds, type ContactKind } from "@/lib/core/words";
import { agreedAfterOut } from "./back-agreement";
import type { BackChange } from "./back-changes";
import { folded, newlyTooLong, staleUntil, type BackDeps } from "./back-record";
import { creationsOf, likenessOf, noteLost, storeIntent, takeIntentBack, tellsApart } from "./creations";
import { structureNumberOf } from "./linked-account";
import type { Prepared } from "./prepare";
import type { ClaimedRecord, LinkRow } from "./records";
import { isSaid, nothingSaid, saidBefore } from "./said-before";
import type { LinkResult, ReadyMapping, SyncDeps } from "./work";

interface Newcomer {
  readonly record: ClaimedRecord;
  readonly kind: ContactKind;
  readonly link: LinkRow;
  readonly mapping: ReadyMapping;
  readonly changes: readonly BackChange[];
}

/** Two calls: a search, so that S-360 gets no twin of what it has, and a save. */
export async function createContact(
  deps: SyncDeps,
  back: BackDeps,
  record: ClaimedRecord,
  prepared: Prepared,
): Promise<LinkResult[]> {
  const [link] = record.links;
  const kind = contactKinds.find((candidate) => candidate === record.kind);
  const mapping = prepared.ready.find(({ published }) => published.mappingId === link?.mappingId);
  if (!link || !kind || !mapping || link.goneAt !== null)
    return [{ record, mapping: null, outcome: "ignored" }];
  const newcomer = { record, kind, link, mapping, changes: valuesIn(link, mapping) };
  try {
    const typed = await byTypedNumber(back, newcomer);
    return [typed ?? (await byRule(deps, newcomer)) ?? (await create(deps, back, newcomer))];
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    const row = faultRow(error.fault.code);
    const outcome = row.wide ? "untouched" : row.retry === "never" ? "failed" : "retrying";
    return [{ record, mapping, outcome, fault: error.fault }];
  }
}

/** Somebody has put a contact number into the Sync ID: that is who it is. */
async function byTypedNumber(back: BackDeps, newcomer: Newcomer): Promise<LinkResult | null> {
  const typed = newcomer.link.held?.key ?? null;
  if (typed === null) return null;
  const contact = await back.contacts.read(typed);
  if (contact) return known(back, newcomer, { contactNumber: typed, ...contact });
  const sentence = `Its Sync ID says ${typed}, but S-360 has no contact of that number. Correct the Sync ID, or clear it.`;
  return refused(newcomer, { code: "contact_missing", sentence });
}

async function byRule(deps: SyncDeps, { record, kind, mapping }: Newcomer): Promise<LinkResult | null> {
  const rule = deps.settings.rules.out[kind].create;
  if (rule === "do" || record.waived.includes("create_in_s360")) return null;
  if (rule === "ignore") return { record, mapping, outcome: "ignored" };
  const said = (await saidBefore(deps.db, "out", [record])).get(record.id) ?? nothingSaid;
  if (isSaid(rule, said)) return { record, mapping, outcome: "ignored" };
  const what = "This record was made in Salesforce and S-360 does not have it.";
  if (rule === "tell") {
    const sentence = `${what} By rule it is not created there.`;
    return { record, mapping, outcome: "ignored", effects: { told: { sentence, happened: "created" } } };
  }
  const sentence = `${what} By rule a person decides whether it is created there.`;
  return { record, mapping, outcome: "review", fault: { code: "create_in_s360", sentence } };
}

async function create(deps: SyncDeps, back: BackDeps, newcomer: Newcomer): Promise<LinkResult> {
  const { record, kind, link } = newcomer;
  const { contacts, connectionId } = back;
  const structure = kind === "relay" ? await structureNumberOf(deps.db, connectionId, link) : null;
  if (kind === "relay" && structure === null) return refused(newcomer, noStructure);
  const put = await putBack(contacts.blank(kind, structure), newcomer.changes, back.context);
  const [problem] = put.problems;
  if (problem) return refused(newcomer, problem.fault);
  const long = newlyTooLong(contacts, {}, put.contact);
  if (long) return refused(newcomer, long);
  const likeness = likenessOf(contacts, put.contact);
  if (likeness === null) return refused(newcomer, nameless);
  const earlier = (await creationsOf(deps.db, [record.id])).get(record.id);
  const asked = earlier?.sent === true;
  if (!record.waived.includes(asked ? "create_unanswered" : "ambiguous")) {
    const alike = await findAlike(contacts, put.contact, earlier?.likeness ?? likeness);
    const [only] = alike;
    if (only && alike.length === 1)
      return asked ? created(back, newcomer, only) : known(back, newcomer, only);
    const fault = asked ? unanswered : alike.length > 1 ? ambiguous(alike.length) : null;
    if (fault) return { record, mapping: newcomer.mapping, outcome: "review", fault };
  }
  const saved = await save(deps, back, newcomer, { contact: put.contact, likeness });
  return saved ? created(back, newcomer, saved) : refused(newcomer, another);
}

/** The same contact is being created for another record. */
class CreatedElsewhere extends Error {
  override readonly name = "CreatedElsewhere";
}

/**
 * The intent is stored when the call's turn has come; null where another contact like it is on its way. What is known of the
 * intent follows what S-360 said: a refusal ends it, silence leaves it open.
 */
async function save(
  { db }: SyncDeps,
  back: BackDeps,
  { record, kind }: Newcomer,
  { contact, likeness }: { readonly contact: Contact; readonly likeness: string },
): Promise<Contact | null> {
  let stored = false;
  const store = async (): Promise<void> => {
    if (!(await storeIntent(db, back, record.id, likeness))) throw new CreatedElsewhere();
    stored = true;
  };
  try {
    const answer = await back.contacts.save(kind, contact, undefined, store);
    return { ...contact, ...answer.contact, contactNumber: answer.contactNumber };
  } catch (error) {
    const isSilence = error instanceof FaultError && error.fault.code === "answer_lost";
    if (stored) await (isSilence ? noteLost : takeIntentBack)(db, back, record.id);
    if (error instanceof CreatedElsewhere) return null;
    throw error;
  }
}

/** Contacts of S-360 that say what was, or is to be, sent; none where that would not tell one person from another. */
async function findAlike(
  contacts: ContactSide,
  contact: Contact,
  likeness: string,
): Promise<readonly Contact[]> {
  const query = contacts.queryFor(contact);
  if (!query || !tellsApart(likeness)) return [];
  const found = await contacts.search(query);
  return found.filter((one) => likenessOf(contacts, one) === likeness);
}

/** S-360 has the contact already: the two are linked, and what differs is settled field by field from there. */
function known(back: BackDeps, { record, link, mapping }: Newcomer, contact: Contact): LinkResult {
  const number = recordKeyOf(String(contact["contactNumber"]));
  return {
    record,
    mapping,
    outcome: "adopted",
    salesforceId: link.salesforceId,
    key: number,
    agreed: link.agreed,
    effects: { number, folds: folded(back.portray, record, contact), again: ["out"] },
  };
}

async function created(back: BackDeps, newcomer: Newcomer, contact: Contact): Promise<LinkResult> {
  const { record, link, mapping, changes } = newcomer;
  const { fields } = await evaluateMapping(mapping.compiled, contact, back.context);
  const values = new Map(fields.map(({ target, value }) => [target, value]));
  const settled = changes.map(({ line: { target }, value }) => ({
    field: target,
    salesforce: value,
    s360: values.get(target),
    how: "sent" as const,
  }));
  const number = recordKeyOf(String(contact["contactNumber"]));
  return {
    record,
    mapping,
    outcome: "created",
    salesforceId: link.salesforceId,
    key: number,
    agreed: agreedAfterOut(link.agreed, settled, { byPerson: true, staleUntil: staleUntil(back.settings) }),
    before: {},
    after: Object.fromEntries(changes.map(({ line, value }) => [line.target, value])),
    effects: { number, folds: folded(back.portray, record, contact), again: ["in"] },
    call: { callId: randomUUID(), rows: 1 },
  };
}

/** Everything the record holds in fields that go both ways. */
function valuesIn({ held }: LinkRow, { back }: ReadyMapping): BackChange[] {
  return [...back.values()].flatMap((line) => {
    const value = held?.fields[line.target] ?? null;
    return value === null ? [] : [{ line, value }];
  });
}

function refused({ record, mapping }: Newcomer, fault: Fault): LinkResult {
  return { record, mapping, outcome: outcomeOf(fault.code), fault };
}

const noStructure: Fault = {
  code: "reference_missing",
  sentence:
    "This contact belongs to an Account that S-360 does not have as a structure, so it cannot be created there as its relay.",
};

const another: Fault = {
  code: "answer_lost",
  sentence:
    "Another record of Salesforce with the same name and e-mail address is being created in S-360. This one goes on once that is there.",
};

const nameless: Fault = {
  code: "missing_value",
  sentence: "It has neither a name nor an e-mail address, so S-360 could never tell it apart from others.",
};

const unanswered: Fault = {
  code: "create_unanswered",
  sentence:
    "S-360 was asked to create this contact and its answer was lost; searching for it found none, or several. Look it up in S-360: if it is there, it links itself with S-360's next call; if not, create it again.",
};

function ambiguous(number: number): Fault {
  const sentence = `S-360 has ${number} contacts with this name and e-mail address already. Put the right contact number into the Sync ID of the Salesforce record, or create another contact.`;
  return { code: "ambiguous", sentence };
}
