import type { RowToDelete } from "./delete-set";
import { failure, type FailedSave } from "./save-result";
import type { Org } from "../org/org";

/** An account whose opportunities were won is not deleted, nor is what would take it along (recorded wording). */
export function refusalOfWonOpportunities(org: Org, rows: readonly RowToDelete[]): FailedSave | undefined {
  const opportunity = org.schema.find("Opportunity");
  const lookup = opportunity?.field("AccountId");
  if (!opportunity || !lookup) return undefined;
  for (const { object, row } of rows) {
    if (object.name !== "Account") continue;
    const won = org.store
      .table(opportunity)
      .byParent(lookup, String(row.Id))
      .filter(({ IsWon }) => IsWon === true);
    if (won.length === 0) continue;
    const names = won.map(({ Id, Name }) => String(Name ?? Id)).join(", ");
    return failure(
      "DELETE_FAILED",
      `Your attempt to delete ${String(row.Name ?? row.Id)} could not be completed because some opportunities in that account were closed won. The opportunities that could not be deleted are shown below.: ${names}\n`,
    );
  }
  return undefined;
}
