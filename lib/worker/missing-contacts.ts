/** Asks S-360 for contacts that others have waited for too long: one at a time, through the gate, folded in like any other. */
import type { ContactSide } from "@/lib/core/contact-side";
import type { Fault } from "@/lib/core/faults";
import {
  claimMissing,
  missingAbsent,
  missingCame,
  missingUnasked,
  renewMissing,
  type MissingContact,
} from "@/lib/inbox/missing";
import type { Database } from "@/lib/platform/db";
import { readContacts } from "@/lib/s360/inbound";
import { goOnWithout } from "@/lib/sync/contactless-sales";
import { askS360, type AskInput } from "./ask-s360";

export { connectionsWithMissing } from "@/lib/inbox/missing";

type Reader = Pick<ContactSide, "read">;

const hour = 60 * 60_000;
/** Some four days after the first time. S-360 sends a contact by itself when its number is given. */
const lastTry = 8;
/** An hour after the first time, then twice as long each time, a day at most; null: no more. */
const againAfter = (tries: number) =>
  tries >= lastTry ? null : Math.min(24 * hour, hour * 2 ** (tries - 1));

/** Until nothing is left to ask for, S-360 as a whole refuses, or the worker is to stop. */
export async function askForMissing(input: AskInput<Reader>, connectionId: number): Promise<void> {
  const { db } = input;
  await askS360<Reader, MissingContact>(input, connectionId, {
    claim: () => claimMissing(db, connectionId),
    renew: renewMissing,
    ask: async (reader, { key }, before) => {
      const contact = await reader.read(key, { before });
      return contact && readContacts(JSON.stringify(contact));
    },
    isAmong: ({ key }, items) => items.some(({ records }) => records.some((record) => record.key === key)),
    streamOf: () => "contacts-in",
    asked: () => ({ since: null }),
    toldAt: () => null,
    why: "Asked of S-360, because another record waited for this contact.",
    came: missingCame,
    unasked: (missing) => missingUnasked(db, missing),
    absent: (missing, fault) => absent(db, missing, fault),
    named: ({ recordId }) => ({ recordId }),
    noReader: null,
  });
}

async function absent(db: Database, missing: MissingContact, fault: Fault | null): Promise<void> {
  const { key } = missing;
  const againInMs = againAfter(missing.tries);
  const what = fault
    ? `S-360 was asked for contact ${key} and did not give it: ${fault.sentence}`
    : `S-360 was asked for contact ${key} and knows no such contact.`;
  const sentence = `Waits for contact ${key}. ${what} It is ${whenWords(againInMs)}, and written as soon as the contact is in Salesforce.`;
  await missingAbsent(
    db,
    missing,
    { fault: { code: "reference_missing", sentence }, againInMs },
    goOnWithout,
  );
}

function whenWords(againInMs: number | null): string {
  if (againInMs === null) return `not asked for again, after ${lastTry} tries`;
  const hours = Math.round(againInMs / hour);
  return `asked for again in ${hours === 1 ? "an hour" : `${hours} hours`}`;
}
