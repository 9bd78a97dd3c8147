/** The last step of decisions about links, once Salesforce holds nothing that speaks against it: one transaction. */
import { sql } from "drizzle-orm";
import type { Kind } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import { giveToHeads } from "@/lib/sync/unite";
import { headLinks, joinMaster, moveAliases, removeAlias, removeLink, type HeadLink } from "./links";
import type { LockedReview } from "./locked";
import { makeInDue, release } from "./release";
import { freeNumber } from "./reuse";

/** To be called with the record locked and in no worker's hands. */
export async function finishDecision(tx: Queryable, review: LockedReview): Promise<void> {
  const { kind, choice, subject, recordId } = review;
  if (choice === "clear-copy") return;
  const links = concerned(review, await headLinks(tx, recordId), await kindNow(tx, recordId));
  for (const link of links) {
    if (kind === "merge_unclear" && choice === "relink" && subject.otherId !== undefined) {
      await joinMaster(tx, link, subject.otherId);
      continue;
    }
    if (kind === "clone" && subject.salesforceId !== undefined) {
      // What the copy holds is found by its Sync ID and adopted, so that nothing is overwritten that only new records get.
      await moveAliases(tx, link, subject.salesforceId);
    }
    await removeLink(tx, link);
  }
  if (kind === "merge_unclear" && recordId !== null) await giveToHeads(tx, [recordId]);
  if (kind === "restored") await removeAlias(tx, recordId, subject.otherId);
  if (kind === "number_reused") await freeNumber(tx, recordId);
  await release(tx, review);
  await makeInDue(tx, review);
}

/** The links of its record that a review is about. */
export function concerned(
  { kind, subject }: Pick<LockedReview, "kind" | "subject">,
  links: readonly HeadLink[],
  kindNow: Kind | null,
): readonly HeadLink[] {
  switch (kind) {
    case "kind_changed":
      return links.filter(({ mappingKind }) => mappingKind !== kindNow);
    case "number_reused":
      return links;
    case "clone":
      return links.filter(({ salesforceId }) => salesforceId === subject.otherId);
    case "merge_unclear":
      return links.filter(({ salesforceId }) => salesforceId === subject.salesforceId);
    case "deleted_in_salesforce":
      // A household and its member go together.
      return links.filter(({ unsettled }) => unsettled);
    case "restored":
    case "copied_lookup":
    case "mass_change":
    case "bounce":
    case "create_in_s360":
    case "create_unanswered":
    case "ambiguous":
    case "rule":
    case "anonymised":
    case "shared_record":
    case "duplicate_rule":
    case "several_matches":
    case "possible_duplicate":
    case "consistency_check":
    case "calls_short":
    case "trouble":
    case "told":
      return [];
  }
}

/** What S-360 says the record is. */
export async function kindNow(tx: Queryable, recordId: number | null): Promise<Kind | null> {
  const rows = await tx.execute<{ kind: Kind | null }>(sql`select kind from record where id = ${recordId}`);
  return rows.rows[0]?.kind ?? null;
}
