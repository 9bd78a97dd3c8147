import type { Change } from "./change";
import { opportunityValues } from "./opportunity";
import { codedAddresses, resolveAddress } from "./state-country";
import type { Row, Value } from "../model/types";
import { salesforceDateTime } from "../org/clock";
import type { Org } from "../org/org";

/**
 * Writes into `after`, the row of the change, what follows from the values given: the other half of state and country
 * pairs, what an opportunity's stage implies, the currency of a new row. To be called before the values are checked.
 */
export function deriveValues(org: Org, change: Change, after: Record<string, Value>): void {
  const object = org.schema.find(change.object.name) ?? change.object;
  for (const prefix of codedAddresses(object)) {
    const resolved = resolveAddress({ ...change, object }, prefix);
    if ("values" in resolved) set(after, resolved.values);
  }
  if (object.name === "Opportunity") {
    set(after, opportunityValues(change, salesforceDateTime(org.now())));
  }
  if (org.shape.multiCurrency) set(after, currencyValues(org, { ...change, object }));
}

/** A row always has a currency: the one it had, or that of the user who creates it. */
function currencyValues(org: Org, { object, before, after, writer }: Change): Row {
  if (!object.field("CurrencyIsoCode") || (after.CurrencyIsoCode ?? null) !== null) return {};
  const user = org.store.table(org.schema.standard("User")).get(writer.userId);
  return { CurrencyIsoCode: before?.CurrencyIsoCode ?? user?.DefaultCurrencyIsoCode ?? null };
}

function set(after: Record<string, Value>, values: Row): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === null) delete after[name];
    else after[name] = value;
  }
}
