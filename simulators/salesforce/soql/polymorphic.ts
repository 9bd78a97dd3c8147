import { text } from "../model/field-builders";
import { SObject } from "../model/schema";

/** What a lookup to several objects points to, until the record is known (object reference, "Name"). */
export const NAME_OBJECT = "Name";

const SHARED_FIELDS = [
  "Id",
  "Name",
  "FirstName",
  "LastName",
  "Alias",
  "Email",
  "IsActive",
  "Phone",
  "ProfileId",
  "Title",
  "Username",
  "UserRoleId",
] as const;

/** The Name object for a lookup to these objects: their shared fields, and `Type`, which says what a record is. */
export function nameObject(targets: readonly SObject[]): SObject {
  const [first] = targets;
  if (!first) throw new Error("A lookup needs an object to point to.");
  const fields = SHARED_FIELDS.map((name) => targets.map((target) => target.field(name)).find(Boolean));
  return new SObject({
    ...first.model,
    name: NAME_OBJECT,
    recordTypes: [],
    fields: [...fields.filter((field) => field !== undefined), text("Type", "Type", 40)],
  });
}
