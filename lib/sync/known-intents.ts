/**
 * Contacts from S-360 that nobody has linked yet, against the contacts we are creating there: one that comes back before
 * its answer, or instead of it, is the one we created, not a new person.
 */
import type { Fault } from "@/lib/core/faults";
import { transact } from "@/lib/platform/db";
import { creationsLike, likenessOf, tellsApart } from "./creations";
import type { ClaimedBatch } from "./records";
import { giveNumber } from "./unite";
import type { LinkResult, SyncDeps } from "./work";

/** Results of the records that are such contacts; all others go on. */
export async function matchIntents(
  deps: SyncDeps,
  { connectionId, leaseToken, records }: ClaimedBatch,
): Promise<ReadonlyMap<number, LinkResult>> {
  const matched = new Map<number, LinkResult>();
  const { contacts } = deps;
  if (!contacts) return matched;
  const alike = new Map<number, string>();
  for (const record of records) {
    if (record.family !== "contact" || record.links.length > 0 || record.aliasOf !== null) continue;
    if (record.mergedInto !== null) continue;
    const likeness = likenessOf(contacts, record.state);
    if (likeness !== null) alike.set(record.id, likeness);
  }
  const creations = await creationsLike(deps.db, connectionId, [...new Set(alike.values())]);
  for (const record of records) {
    const creation = creations.get(alike.get(record.id) ?? "");
    if (!creation) continue;
    const plain = { record, mapping: null };
    if (!creation.underWay && !tellsApart(creation.likeness)) {
      if (record.waived.includes("shared_record")) continue;
      matched.set(record.id, { ...plain, outcome: "review", fault: maybeOurs(record.key) });
      continue;
    }
    if (!creation.underWay) {
      await transact(deps.db, (tx) =>
        giveNumber(tx, connectionId, creation.recordId, record.key, leaseToken),
      );
    }
    matched.set(record.id, { ...plain, outcome: "retrying", fault: recognised });
  }
  return matched;
}

const recognised: Fault = {
  code: "answer_lost",
  sentence:
    "This is most likely the contact that was just created in S-360 from Salesforce. It goes on as soon as S-360's answer says so.",
};

/** A name alone does not tell one person from another. */
function maybeOurs(key: string): Fault {
  const sentence = `S-360 sent contact ${key}, which has the name of one that was being created from Salesforce when the answer was lost. If it is the same person, put ${key} into the Sync ID of that Salesforce record; then, or if it is another person, try again.`;
  return { code: "shared_record", sentence };
}
