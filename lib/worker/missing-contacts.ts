/** Asks S-360 for contacts that others have waited for too long: one at a time, through the gate, folded in like any other. */
import { faultRow, FaultError, type Fault } from "@/lib/core/faults";
import type { Contact } from "@/lib/core/contact-side";
import {
  claimMissing,
  missingAbsent,
  missingCame,
  missingUnasked,
  type MissingContact,
} from "@/lib/inbox/missing";
import { receive } from "@/lib/inbox/receive";
import type { Database } from "@/lib/platform/db";
import type { Logger } from "@/lib/platform/log";
import { readContacts } from "@/lib/s360/inbound";
import { portray } from "@/lib/s360/portrait";
import { blockSystem, unblockSystem } from "@/lib/sync/block";
import type { OpenReader } from "./open-deps";

export { connectionsWithMissing } from "@/lib/inbox/missing";

export interface MissingInput {
  readonly db: Database;
  readonly log: Logger;
  readonly openReader: OpenReader;
  readonly signal?: AbortSignal;
}

const hour = 60 * 60_000;
/** An hour after the first time, then twice as long each time, a day at most: a number may be given later. */
const againAfter = (tries: number) => Math.min(24 * hour, hour * 2 ** Math.min(tries - 1, 10));

/** Until nothing is left to ask for, S-360 as a whole refuses, or the worker is to stop. */
export async function askForMissing(input: MissingInput, connectionId: number): Promise<void> {
  const { db, log, signal } = input;
  const reader = await input.openReader(connectionId).catch(heldBack(input, connectionId));
  if (!reader) return;
  while (!signal?.aborted) {
    const missing = await claimMissing(db, connectionId);
    if (!missing) return;
    try {
      const contact = await reader.read(missing.key);
      await unblockSystem(db, connectionId, "s360");
      const came = contact !== null && (await takeIn(db, connectionId, missing, contact));
      if (!came) await absent(db, missing, unknownTo);
      log.info({ connectionId, recordId: missing.recordId, came }, "asked S-360 for an awaited contact");
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      const { fault } = error;
      if (faultRow(fault.code).wide) {
        await missingUnasked(db, missing);
        await blockSystem({ db, log, random: Math.random }, connectionId, "s360", fault);
        return;
      }
      log.warn(
        { connectionId, recordId: missing.recordId, code: fault.code },
        "an awaited contact was not given",
      );
      await absent(
        db,
        missing,
        (key) => `S-360 was asked for contact ${key} and did not give it: ${fault.sentence}`,
      );
    }
  }
}

/** A secret that cannot be read is everyone's trouble: S-360 counts as away until it is mended. */
function heldBack({ db, log }: MissingInput, connectionId: number) {
  return async (error: unknown): Promise<null> => {
    if (!(error instanceof FaultError)) throw error;
    await blockSystem({ db, log, random: Math.random }, connectionId, "s360", error.fault);
    return null;
  };
}

/** Stored as an event like any other; false when S-360 answered with another contact, or one that cannot be used. */
async function takeIn(
  db: Database,
  connectionId: number,
  missing: MissingContact,
  contact: Contact,
): Promise<boolean> {
  const items = readContacts(JSON.stringify(contact)).map((item) => ({
    ...item,
    note: [item.note, "Asked of S-360, because another record waited for this contact."]
      .filter(Boolean)
      .join(" "),
  }));
  await receive(db, { connectionId, stream: "contacts-in", direction: "in", items, portray, asked: true });
  const came = items.some((item) => item.records.some(({ key }) => key === missing.key));
  if (came) await missingCame(db, missing);
  return came;
}

function unknownTo(key: string): string {
  return `S-360 was asked for contact ${key} and knows no such contact.`;
}

async function absent(
  db: Database,
  missing: MissingContact,
  sentenceFor: (key: string) => string,
): Promise<void> {
  const againInMs = againAfter(missing.tries);
  const hours = Math.round(againInMs / hour);
  const when = hours === 1 ? "an hour" : `${hours} hours`;
  const sentence = `Waits for contact ${missing.key}. ${sentenceFor(missing.key)} It is asked for again in ${when}, and written as soon as the contact is in Salesforce.`;
  const fault: Fault = { code: "reference_missing", sentence };
  await missingAbsent(db, missing, { fault, againInMs });
}
