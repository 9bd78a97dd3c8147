/** Calls that the connector cannot take in, by a mistake of its own: kept as they came, as failed items, and told of. */
import { sql } from "drizzle-orm";
import type { Fault } from "@/lib/core/faults";
import type { InboundItem } from "@/lib/core/inbound";
import { setAsideCode } from "@/lib/core/set-aside";
import type { Queryable, Transaction } from "@/lib/platform/db";
import { storeOrHalve, type Inbox, type Receipt } from "./receive";
import { triesAtMost } from "./put-off";

interface CallToSetAside {
  readonly id: number;
  readonly payloadId: string;
  readonly receivedAt: string;
  readonly tries: number;
  readonly body: string;
}

type SetAsideInput = Omit<Inbox, "direction"> & { readonly read: (body: string) => readonly InboundItem[] };

/** Stores what a call holds without folding it; whoever calls this removes the call. */
export async function setAside(
  tx: Transaction,
  input: SetAsideInput,
  call: CallToSetAside,
): Promise<Receipt> {
  const { payloadId, receivedAt } = call;
  const fault = await whyOf(tx, call);
  const arrived = rawItems(input, call).map((raw, position) => ({
    item: { raw, note: null, records: [], fault },
    payloadId,
    position,
    receivedAt,
  }));
  await tellOf(tx, input, fault);
  return storeOrHalve(tx, { ...input, direction: "in" }, arrived);
}

/** One by one; as a whole where reading them is what fails, or was begun and did not come to an end. */
function rawItems({ read }: SetAsideInput, { body, tries }: CallToSetAside): readonly string[] {
  if (tries > triesAtMost) return [body];
  try {
    return read(body).map(({ raw }) => raw);
  } catch {
    return [body];
  }
}

async function whyOf(tx: Queryable, { id }: CallToSetAside): Promise<Fault> {
  const rows = await tx.execute<{ fault: Fault | null }>(sql`select fault from payload where id = ${id}`);
  const why = rows.rows[0]?.fault;
  const reason = why?.sentence ?? "The connector stopped each time, as if its memory had not been enough.";
  const sentence = `${reason} After several tries it was kept as it came, and nothing of it is in Salesforce. Tell IT; once the connector is mended, have it read again under Records, Items without a record.`;
  return { ...why, code: setAsideCode, sentence };
}

async function tellOf(tx: Queryable, { connectionId, stream }: SetAsideInput, fault: Fault): Promise<void> {
  const about = `set aside ${stream}`;
  const sentence = `S-360 sent something that the connector could not take in. ${fault.sentence} What meets the same later is listed there as well.`;
  await tx.execute(sql`
    insert into review (connection_id, kind, about, sentence, subject)
    select ${connectionId}, 'trouble', ${about}, ${sentence}, '{"direction": "in"}'::jsonb
    where not exists (
      select from review
      where connection_id = ${connectionId} and kind = 'trouble' and about = ${about} and state <> 'closed')`);
}
