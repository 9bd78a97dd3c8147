/**
 * Contacts from S-360 that nobody has linked yet, against the contacts we are creating there: one that comes back before
 * its answer, or instead of it, is the one we created, not a new person.
 */
import type { Fault } from "@/lib/core/faults";
import { transact } from "@/lib/platform/db";
import { creationsLike, giveNumber, likenessOf, tellsApart } from "./creations";
import type { ClaimedRecord } from "./records";
import type { LinkResult, SyncDeps } from "./work";

/** Results of the records that are such contacts; all others go on. */
export async function matchIntents(
  deps: SyncDeps,
  connectionId: number,
  records: readonly ClaimedRecord[],
): Promise<ReadonlyMap<number, LinkResult>> {
  const matched = new Map<number, LinkResult>();
  const { contacts } = deps;
  if (!contacts) return matched;
  const alike = new Map<number, string>();
  for (const record of records) {
    if (record.family !== "contact" || record.links.length > 0 || record.aliasOf !== null) continue;
    const likeness = likenessOf(contacts, record.state);
    if (likeness !== null && tellsApart(likeness)) alike.set(record.id, likeness);
  }
  const creations = await creationsLike(deps.db, connectionId, [...new Set(alike.values())]);
  for (const record of records) {
    const creation = creations.get(alike.get(record.id) ?? "");
    if (!creation) continue;
    if (!creation.underWay) {
      await transact(deps.db, (tx) => giveNumber(tx, connectionId, creation.recordId, record.key));
    }
    matched.set(record.id, { record, mapping: null, outcome: "retrying", fault: recognised });
  }
  return matched;
}

const recognised: Fault = {
  code: "answer_lost",
  sentence:
    "This is most likely the contact that was just created in S-360 from Salesforce. It goes on as soon as S-360's answer says so.",
};
