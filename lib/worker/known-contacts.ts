/** Asks S-360 for known contacts in turn, as many a day as the connection says: what is gone there, and what it never told. */
import type { BeforeSending, ContactSide } from "@/lib/core/contact-side";
import type { InboundItem } from "@/lib/core/inbound";
import {
  checkRests,
  claimKnown,
  contactsForSure,
  countQuestion,
  goneContact,
  knownAsked,
  knownUnasked,
  renewKnown,
  tellOtherNumber,
  type KnownContact,
} from "@/lib/inbox/known";
import type { Database } from "@/lib/platform/db";
import { readContacts } from "@/lib/s360/inbound";
import { portray } from "@/lib/s360/portrait";
import { askS360, type AskInput } from "./ask-s360";

export { connectionsToCheck } from "@/lib/inbox/known";

type Reader = Pick<ContactSide, "read">;

/** Until the day's calls up to this hour are used, S-360 as a whole refuses, or the worker is to stop. */
export async function checkKnown(input: AskInput<Reader>, connectionId: number): Promise<void> {
  const { db } = input;
  const asker = new Asker(db);
  await askS360<Reader, KnownContact>(input, connectionId, {
    claim: () => claimKnown(db, connectionId),
    renew: renewKnown,
    ask: (reader, known, before) => asker.ask(reader, known, before),
    isAmong: () => true,
    streamOf: () => "contacts-in",
    asked: ({ askedAt }) => ({ since: askedAt }),
    toldAt: () => null,
    why: "Asked of S-360, as each known contact is from time to time.",
    came: knownAsked,
    unasked: (known) => knownUnasked(db, known),
    absent: (known, fault) => (fault ? knownAsked(db, known) : doubt(db, known)),
    named: ({ key }) => ({ key }),
    noReader: null,
  });
}

/** Asks for the contacts of one run. Whether S-360 is to be believed when it knows a contact no more is asked once in it. */
class Asker {
  private believed: Promise<boolean> | null = null;

  constructor(private readonly db: Database) {}

  /** Null: S-360 is not to be believed. */
  async ask(
    reader: Reader,
    known: KnownContact,
    before: BeforeSending,
  ): Promise<readonly InboundItem[] | null> {
    const items = await read(reader, known.number, before);
    if (items) {
      const [other] = items.flatMap(({ records }) => records);
      if (!other || other.key === known.key) return items;
      await tellOtherNumber(this.db, known, other.key);
      return [];
    }
    this.believed ??= this.isBelieved(reader, known, before);
    if (!(await this.believed)) return null;
    const gone = readContacts(JSON.stringify(await goneContact(this.db, known)));
    return gone.map((item) => ({ ...item, note: "S-360 knows no such contact any more." }));
  }

  /** A wrong address would make all contacts seem deleted; numbers are dense, so that the person is compared as well. */
  private async isBelieved(reader: Reader, known: KnownContact, before: BeforeSending): Promise<boolean> {
    for (const sure of await contactsForSure(this.db, known)) {
      await countQuestion(this.db, known);
      const [record] = ((await read(reader, sure.number, before)) ?? []).flatMap(({ records }) => records);
      if (record?.key !== sure.key) continue;
      const { contactId } = portray("contact", record.sections);
      return contactId === null || sure.contactId === null || contactId === sure.contactId;
    }
    return false;
  }
}

async function read(
  reader: Reader,
  number: string,
  before: BeforeSending,
): Promise<readonly InboundItem[] | null> {
  const contact = await reader.read(number, { before });
  return contact && readContacts(JSON.stringify(contact));
}

async function doubt(db: Database, known: KnownContact): Promise<void> {
  const sentence = `S-360 was asked for contact ${known.number} and knows neither it nor, as the same person, one of those that came last from there. None is taken for deleted, and known contacts are asked for again tomorrow. Compare s360.baseUrl and s360.operator in the connection's file with the S-360 whose webhooks call here.`;
  await checkRests(db, known, sentence);
}
