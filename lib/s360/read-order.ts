/** `getOrderDetails`: an order as its webhook would have brought it (s360.md §2.2, §5). */
import type { ReadOptions } from "@/lib/core/contact-side";
import { FaultError } from "@/lib/core/faults";
import { isBare, isMembers, withoutEnvelope, type Members } from "./answer";
import type { ContactClient } from "./client";

/** Null when S-360 knows no such order. */
export async function readOrder(
  client: ContactClient,
  orderId: string,
  sending?: Pick<ReadOptions, "before">,
): Promise<Members | null> {
  const question = { orderId: asLong(orderId) };
  const answer = await client.askOrders("getOrderDetails", question, sending).catch(nullIfMissing);
  if (answer === null) return null;
  const wrapped = answer[client.assumptions.orderWrapper];
  const order = isMembers(wrapped) ? wrapped : withoutEnvelope(answer);
  if ("orderId" in order) return order;
  // Nothing beside the envelope is an unknown id; anything else must not be taken for one.
  if (isBare(answer)) return null;
  throw new FaultError({
    code: "s360_unreachable",
    sentence:
      "S-360 answers in a form that the connector does not know. Compare the connection's assumptions about the order service with S-360's documentation.",
    origin: { code: "UNKNOWN_FORM", message: Object.keys(answer).slice(0, 20).join(", ").slice(0, 500) },
  });
}

/** A Long on the wire; one beyond 2^53 stays text here, and is written digit by digit (write-exact.ts). */
function asLong(orderId: string): number | string {
  return Number.isSafeInteger(Number(orderId)) ? Number(orderId) : orderId;
}

function nullIfMissing(error: unknown): null {
  if (error instanceof FaultError && error.fault.code === "order_missing") return null;
  throw error;
}
