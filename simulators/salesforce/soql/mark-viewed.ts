import type { QueryContext } from "./context";
import type { Row } from "../model/types";
import { salesforceDateTime } from "../org/clock";

/**
 * FOR VIEW and FOR REFERENCE: notes on the records that the user has seen them, which is no change of the records
 * (SOQL reference, "FOR VIEW and FOR REFERENCE").
 */
export function markViewed(
  { org, object, user, now }: QueryContext,
  rows: readonly Row[],
  how: "VIEW" | "REFERENCE",
): void {
  const at = salesforceDateTime(now);
  for (const row of rows) {
    org.recentlyViewed.add(user.userId, String(row.Id));
    const marks: Record<string, string> = {};
    if (object.field("LastReferencedDate")) marks.LastReferencedDate = at;
    if (how === "VIEW" && object.field("LastViewedDate")) marks.LastViewedDate = at;
    org.store.put(object, { ...row, ...marks });
  }
}
