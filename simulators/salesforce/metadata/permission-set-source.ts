import { ComponentProblem } from "./component";
import { childrenNamed, childText, type XmlElement } from "./xml";
import type { DependentRights } from "../access/permission-dependencies";
import type { FieldRight } from "../access/user-access";

/** A permission set as its file says it. */
export interface PermissionSetSource {
  name: string;
  label: string;
  description: string | null;
  objects: { object: string; right: DependentRights }[];
  /** Field with its object: `Account.SyncId__c`. */
  fields: { field: string; right: FieldRight }[];
  /** Names of the user permissions that are on. */
  userPermissions: string[];
  tabs: string[];
  recordTypes: string[];
  applications: string[];
}

/** @throws ComponentProblem when something that must be given is missing */
export function readPermissionSet(source: XmlElement, name: string): PermissionSetSource {
  if (childrenNamed(source, "objectPermissions").some((one) => childText(one, "viewAllFields") === "true")) {
    throw new ComponentProblem("The simulated org does not grant viewAllFields: list the fields.");
  }
  const label = childText(source, "label");
  if (!label) throw new ComponentProblem("Required field is missing: label");
  const named = (list: string, element: string) =>
    childrenNamed(source, list).map((child) => needed(child, element));
  return {
    name,
    label,
    description: childText(source, "description") ?? null,
    objects: childrenNamed(source, "objectPermissions").map((element) => ({
      object: needed(element, "object"),
      right: {
        read: flag(element, "allowRead"),
        create: flag(element, "allowCreate"),
        edit: flag(element, "allowEdit"),
        delete: flag(element, "allowDelete"),
        viewAll: flag(element, "viewAllRecords"),
        modifyAll: flag(element, "modifyAllRecords"),
      },
    })),
    fields: childrenNamed(source, "fieldPermissions").map((element) => ({
      field: needed(element, "field"),
      right: { read: flag(element, "readable"), edit: flag(element, "editable") },
    })),
    userPermissions: childrenNamed(source, "userPermissions")
      .filter((element) => flag(element, "enabled"))
      .map((element) => needed(element, "name")),
    tabs: named("tabSettings", "tab"),
    recordTypes: named("recordTypeVisibilities", "recordType"),
    applications: named("applicationVisibilities", "application"),
  };
}

function needed(element: XmlElement, name: string): string {
  const text = childText(element, name);
  if (text === undefined || text === "") throw new ComponentProblem(`Required field is missing: ${name}`);
  return text;
}

function flag(element: XmlElement, name: string): boolean {
  const text = needed(element, name);
  if (text === "true" || text === "1") return true;
  if (text === "false" || text === "0") return false;
  throw new ComponentProblem(`Error parsing file: '${text}' is not a valid boolean in ${name}`);
}
