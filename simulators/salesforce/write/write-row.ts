import { calculatedValues } from "./calculated-values";
import type { Change } from "./change";
import { autoNumbers } from "./insert-defaults";
import { personName } from "./names";
import { mirrorToContact } from "./person-account";
import type { Row, Value } from "../model/types";
import type { Org } from "../org/org";

/** Stores a row that passed every check, with its name and who changed it when; a person's contact follows. */
export function writeRow(org: Org, change: Change, id: string, stamp: string): Row {
  const { writer, isPerson } = change;
  const object = org.schema.find(change.object.name) ?? change.object;
  const row: Record<string, Value> = { ...change.after, Id: id, ...modified(stamp, writer.userId) };
  if (change.kind === "insert") {
    Object.assign(row, { CreatedDate: stamp, CreatedById: writer.userId }, autoNumbers(org, object));
    if (isPerson) row.PersonContactId = org.ids.next("003");
  }
  if (isPerson || object.name === "Contact") row.Name = personName(row);
  else if (object.model.custom) row.Name ??= id;
  Object.assign(row, calculatedValues(org, change, row));
  org.store.put(object, row);
  if (isPerson) mirrorToContact(org, row);
  return row;
}

/** The fields that tell of a change by a user; `stamp` as Salesforce prints datetimes. */
export function modified(stamp: string, userId: string): Row {
  return { LastModifiedDate: stamp, LastModifiedById: userId, SystemModstamp: stamp };
}
