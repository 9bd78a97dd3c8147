/** A full S-360 cycle: 500 contacts and 500 orders in payloads of 50, both webhooks at the same time. */
import type { Cost } from "./org";
import type { Product, Webhook } from "./product";
import { latestEvent, readDelays } from "./delivery";
import type { Spread } from "./numbers";
import { contact, order, range } from "./venue";

const records = 500;
const bucketSize = 50;

export interface Cycles {
  /** API calls of each cycle. */
  readonly calls: readonly number[];
  readonly by: readonly Cost["by"][];
  /** From the receipt of an item to the moment its record was settled as written, ms. */
  readonly deliveryMs: Spread;
}

/** `known`: the contacts are linked already and come with other values; the orders are always new. */
export async function runCycles(
  product: Product,
  { first, times, known }: { readonly first: number; readonly times: number; readonly known: boolean },
): Promise<Cycles> {
  const costs: Cost[] = [];
  const people = (time: number): number => first + (known ? 0 : time * records);
  if (known) {
    await send(
      product,
      "contacts",
      range(first, records).map((n) => contact(n)),
    );
    await product.settled();
  }
  const since = await latestEvent(product.pool);
  for (let time = 0; time < times; time++) {
    const numbers = range(people(time), records);
    const orders = range(first + time * records, records);
    costs.push(
      await product.org.costOf(async () => {
        await Promise.all([
          send(
            product,
            "contacts",
            numbers.map((n) => contact(n, known ? time + 1 : 0)),
          ),
          send(
            product,
            "orders",
            orders.map((n, index) => order(n, 0, numbers[index])),
          ),
        ]);
        await product.settled();
      }),
    );
  }
  return {
    calls: costs.map(({ calls }) => calls),
    by: costs.map(({ by }) => by),
    deliveryMs: await readDelays(product.pool, since),
  };
}

/** One payload after the other, as S-360's schedule sends them. */
async function send(product: Product, webhook: Webhook, items: readonly object[]): Promise<void> {
  for (let start = 0; start < items.length; start += bucketSize) {
    await product.post(webhook, JSON.stringify(items.slice(start, start + bucketSize)));
  }
}
