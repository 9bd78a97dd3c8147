/** What an item of the change feed says of itself: who changed the Salesforce record, or that it was deleted. */
import { z } from "zod";
import type { Stream } from "@/lib/core/words";
import type { SalesforceChange } from "./contract";

const changed = z.object({
  modifiedBy: z.object({ name: z.string().nullable(), person: z.boolean() }),
});
const deleted = z.object({ deletedAt: z.string() });

/** Null for items of S-360, and for text that is no item of the feed (any more). */
export function toldBySalesforce(stream: Stream, raw: string): SalesforceChange | null {
  if (stream !== "contacts-out") return null;
  const value = parse(raw);
  const change = changed.safeParse(value);
  if (change.success) return { what: "changed", by: change.data.modifiedBy.name };
  return deleted.safeParse(value).success ? { what: "deleted", by: null } : null;
}

function parse(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
