/** Asks S-360 for contacts and orders that it named by number only (webhook V1). */
import type { S360Reader } from "@/lib/core/contact-side";
import { faultRow, type Fault } from "@/lib/core/faults";
import { recordKeyOf } from "@/lib/core/record-key";
import {
  claimNamed,
  namedCame,
  namedFailed,
  namedLater,
  namedUnasked,
  renewNamed,
  streamOf,
  type AskedThing,
} from "@/lib/inbox/named";
import type { Database } from "@/lib/platform/db";
import { readContacts, readOrders } from "@/lib/s360/inbound";
import { askS360, type AskInput } from "./ask-s360";

export { connectionsWithNamed } from "@/lib/inbox/named";

const minute = 60_000;
/** What is not known yet may be a moment later; what S-360 fails on is tried for two days. */
const unknownTries = 3;
const failedTries = 12;
const againAfter = (tries: number) => Math.min(6 * 60, 2 ** (tries - 1)) * minute;

const noReader: Fault = {
  code: "set_up",
  sentence:
    "S-360 names contacts or orders by number only (webhook V1), and the connector cannot ask S-360 for them: add s360.operator, s360.partner and s360.secret to the connection's file, or use the webhooks V2. What was named is kept, and asked for as soon as that is done.",
};

/** Until nothing is left to ask for, S-360 as a whole refuses, or the worker is to stop. */
export async function askForNamed(input: AskInput<S360Reader>, connectionId: number): Promise<void> {
  const { db } = input;
  await askS360<S360Reader, AskedThing>(input, connectionId, {
    claim: () => claimNamed(db, connectionId),
    renew: renewNamed,
    ask: async (reader, { family, key }, before) => {
      const told = await (family === "order"
        ? reader.readOrder(key, { before })
        : reader.read(key, { before }));
      return told && (family === "order" ? readOrders : readContacts)(JSON.stringify(told));
    },
    isAmong: ({ key }, items) =>
      items.some(({ records }) => records.some((record) => record.key === recordKeyOf(key))),
    streamOf: ({ family }) => streamOf[family],
    asked: () => null,
    toldAt: ({ namedAt }) => namedAt,
    why: "Asked of S-360, because its webhook named the number only.",
    came: namedCame,
    unasked: (thing) => namedUnasked(db, thing),
    absent: (thing, fault) => absent(db, thing, fault),
    named: ({ family, key }) => ({ family, key }),
    noReader,
  });
}

async function absent(db: Database, thing: AskedThing, fault: Fault | null): Promise<void> {
  const { family, key, tries } = thing;
  const mayCome =
    fault === null ? tries < unknownTries : faultRow(fault.code).retry === "later" && tries < failedTries;
  if (mayCome) return namedLater(db, thing, againAfter(tries));
  const what = `S-360 named ${family} ${key} by its number only. Asked for it, S-360`;
  await namedFailed(
    db,
    thing,
    fault
      ? { ...fault, sentence: `${what} did not give it: ${fault.sentence}` }
      : {
          code: family === "order" ? "order_missing" : "contact_missing",
          sentence: `${what} knows no such ${family}, ${times(tries)}. Look in S-360 whether it was deleted${family === "contact" ? " or merged" : ""}, and whether the number is spelled as S-360 does.`,
        },
  );
}

function times(tries: number): string {
  return `${tries} times within ${2 ** (tries - 1) - 1} minutes`;
}
