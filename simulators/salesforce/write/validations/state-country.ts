import type { RowError } from "../../http/errors";
import type { Org } from "../../org/org";
import type { Change } from "../change";
import { codedAddresses, resolveAddress } from "../state-country";

/** Countries and states that are not in the lists, in orgs with state and country picklists; one error an address. */
export function refusesUnknownCountriesAndStates(change: Change, org: Org): RowError[] {
  const object = org.schema.find(change.object.name) ?? change.object;
  return codedAddresses(object).flatMap((prefix) => {
    const resolved = resolveAddress({ ...change, object }, prefix);
    return "error" in resolved ? [resolved.error] : [];
  });
}
