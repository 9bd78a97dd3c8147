/** A record that a duplicate rule of the org named and a person chose, judged again when it is to be carried out. Pure. */
import type { OrgRow } from "./match";

/**
 * Why a record that was chosen cannot be the contact as the org has it now; null where it can.
 * @param person whether the contact is written as a person account; null where there is no such difference
 */
export function whyNot(
  row: OrgRow | null,
  person: boolean | null,
  isLinked: (id: string) => boolean,
): string | null {
  if (!row)
    return "Salesforce does not find it any more: it was deleted or merged, or is hidden from the connector's user";
  if (row.key !== null) return `it carries the Sync ID ${row.key} of another`;
  if (isLinked(row.id)) return "it belongs to another contact";
  const isOther = person !== null && row.person !== null && person !== row.person;
  return isOther ? "one of the two is a person, and the other is not" : null;
}
