/** Fills the inbox past the web server, through the very function it calls: what is measured afterwards is draining. */
import { receive } from "../../lib/inbox/receive";
import { portray } from "../../lib/s360/portrait";
import { readContacts } from "../../lib/s360/inbound";
import type { Product } from "./product";
import { contact, range } from "./venue";

const itemsPerCall = 500;
const callsAtOnce = 3;

export async function fillInbox(
  { db, connectionId }: Product,
  {
    first,
    records,
    round = 0,
  }: { readonly first: number; readonly records: number; readonly round?: number },
): Promise<void> {
  const end = first + records;
  let next = first;
  const fill = async (): Promise<void> => {
    while (next < end) {
      const start = next;
      next = Math.min(end, start + itemsPerCall);
      const items = readContacts(JSON.stringify(range(start, next - start).map((n) => contact(n, round))));
      await receive(db, { connectionId, stream: "contacts-in", direction: "in", items, portray });
    }
  };
  await Promise.all(Array.from({ length: callsAtOnce }, fill));
}
