/** Asks S-360 for known contacts in turn, as many a day as the connection says: what is gone there, and what it never told. */
import type { BeforeSending, ContactSide } from "@/lib/core/contact-side";
import type { InboundItem } from "@/lib/core/inbound";
import {
  checkRests,
  claimKnown,
  contactForSure,
  goneContact,
  knownAsked,
  knownUnasked,
  renewKnown,
  tellOtherNumber,
  type KnownContact,
} from "@/lib/inbox/known";
import type { Database } from "@/lib/platform/db";
import { readContacts } from "@/lib/s360/inbound";
import { askS360, type AskInput } from "./ask-s360";

export { connectionsToCheck } from "@/lib/inbox/known";

type Reader = Pick<ContactSide, "read">;

/** Until the day's calls up to this hour are used, S-360 as a whole refuses, or the worker is to stop. */
export async function checkKnown(input: AskInput<Reader>, connectionId: number): Promise<void> {
  const { db } = input;
  await askS360<Reader, KnownContact>(input, connectionId, {
    claim: () => claimKnown(db, connectionId),
    renew: renewKnown,
    ask: (reader, known, before) => ask(db, { reader, before }, known),
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

/** Null: S-360 is not to be believed. */
async function ask(
  db: Database,
  { reader, before }: { readonly reader: Reader; readonly before: BeforeSending },
  known: KnownContact,
): Promise<readonly InboundItem[] | null> {
  const { key } = known;
  const contact = await reader.read(key, { before });
  if (contact) {
    const items = readContacts(JSON.stringify(contact));
    const [other] = items.flatMap(({ records }) => records);
    if (!other || other.key === key) return items;
    await tellOtherNumber(db, known, other.key);
    return [];
  }
  // A wrong address would make all contacts seem deleted, and blank them.
  const sure = await contactForSure(db, known);
  if (sure === null || (await reader.read(sure, { before })) === null) return null;
  const gone = await goneContact(db, known);
  const note = "S-360 knows no such contact any more.";
  return gone ? readContacts(JSON.stringify(gone)).map((item) => ({ ...item, note })) : [];
}

async function doubt(db: Database, known: KnownContact): Promise<void> {
  const sentence = `S-360 was asked for contact ${known.key} and knows neither it nor the contact that came last from there. None is taken for deleted, and known contacts are asked for again tomorrow. Compare s360.baseUrl and s360.operator in the connection's file with the S-360 whose webhooks call here.`;
  await checkRests(db, known, sentence);
}
