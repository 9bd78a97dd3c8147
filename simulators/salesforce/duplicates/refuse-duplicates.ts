import type { DuplicateAction, StoredDuplicateRule } from "./duplicate-rule";
import { rememberDuplicates } from "./duplicate-errors";
import { rowError, type RowError } from "../http/errors";
import type { Org } from "../org/org";
import { isPersonContactEdit, type Change } from "../write/change";

/**
 * The first duplicate rule that finds matches and does not let the row pass. A rule runs on an edit only when what it
 * compares changed (Salesforce help, "Things to Know About Duplicate Rules").
 */
export function refusesDuplicateRecords(change: Change, org: Org): RowError[] {
  if (change.writer.isMerging || isPersonContactEdit(change)) return [];
  for (const rule of org.duplicateRules.of(change.object.name)) {
    const action = actionOn(org, rule, change);
    if (action === "off" || (action === "alert" && change.writer.allowDuplicates)) continue;
    const ids = org.duplicateRules.matchesOf(rule.id, change.after);
    if (ids.length === 0) continue;
    const error = rowError("DUPLICATES_DETECTED", rule.message);
    const withDetails = change.writer.showsDuplicateDetails;
    rememberDuplicates(error, { rule, allowSave: action === "alert", ids, withDetails });
    return [error];
  }
  return [];
}

function actionOn(org: Org, rule: StoredDuplicateRule, { before, after }: Change): DuplicateAction {
  if (!before) return rule.onCreate;
  return org.duplicateRules.comparesChanged(rule.id, before, after) ? rule.onEdit : "off";
}
