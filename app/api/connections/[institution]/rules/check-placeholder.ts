import { withOrg } from "@/app/api/mappings/ask-org";
import { loadConnection } from "@/lib/connections/load";
import { isAccountId, type SalesSettings } from "@/lib/core/sales-settings";
import type { Side } from "@/lib/core/side";
import { Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

/**
 * Asks the org for the Account that anonymous sales are to stand under, where another one was named.
 * @throws Problem when it is not there, or the org cannot tell
 */
export async function checkPlaceholder(institution: string, sales: SalesSettings): Promise<void> {
  const { placeholder } = sales;
  if (sales.anonymous !== "placeholder") return;
  const connection = await loadConnection(webRuntime().db, institution);
  if (!connection) return;
  const before = connection.settings.sales;
  if (before.anonymous === "placeholder" && before.placeholder === placeholder) return;
  if (await withOrg(connection, (side) => isInOrg(side, placeholder))) return;
  const named = isAccountId(placeholder) ? "id" : "Sync ID";
  const sentence = `Salesforce has no Account with the ${named} ${placeholder}, or hides it from the connector's user. Create it, or name another for sales that name no contact. Nothing was saved.`;
  throw new Problem(422, "refused", sentence);
}

async function isInOrg(side: Side, placeholder: string): Promise<boolean> {
  const object = "Account";
  if (isAccountId(placeholder)) {
    return (await side.read([{ object, ids: [placeholder], fields: [] }])).length > 0;
  }
  const { facts } = await side.describe([]);
  const keyField = `${facts.prefix}SyncId__c`;
  const { rows } = await side.find([{ object, keyField, keys: [placeholder], fields: [] }]);
  return rows.length > 0;
}
