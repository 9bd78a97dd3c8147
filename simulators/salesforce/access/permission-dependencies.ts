import type { ObjectRight } from "./user-access";

export interface DependentRights extends ObjectRight {
  viewAll: boolean;
  modifyAll: boolean;
}

type RightName = keyof DependentRights;

const LABELS: Readonly<Record<RightName, string>> = {
  read: "Read",
  create: "Create",
  edit: "Edit",
  delete: "Delete",
  viewAll: "View All",
  modifyAll: "Modify All",
};

const NEEDS: Readonly<Record<RightName, readonly RightName[]>> = {
  read: [],
  create: ["read"],
  edit: ["read"],
  delete: ["edit", "read"],
  viewAll: ["read"],
  modifyAll: ["delete", "edit", "read", "viewAll"],
};

/** Standard objects whose rows cannot be read without those of another one (Salesforce help, "Object permissions"). */
const READ_NEEDS_READ: Readonly<Record<string, string>> = { Contact: "Account", Opportunity: "Account" };

/**
 * The first right on an object that lacks another one, in Salesforce's words (recorded deployments): "Permission Create
 * Account depends on permission(s): Read Account".
 */
export function missingRight(objectName: string, right: DependentRights): string | undefined {
  for (const name of Object.keys(NEEDS) as RightName[]) {
    const missing = right[name] ? NEEDS[name].filter((needed) => !right[needed]) : [];
    if (missing.length > 0) {
      return dependsOn(
        `${LABELS[name]} ${objectName}`,
        missing.map((needed) => `${LABELS[needed]} ${objectName}`),
      );
    }
  }
  return undefined;
}

/** The parent that must be readable for this object to be: Account of Contact, the master of a detail. */
export function neededParents(objectName: string, masters: readonly string[]): string[] {
  const standard = READ_NEEDS_READ[objectName];
  return standard === undefined ? [...masters] : [standard, ...masters];
}

export function dependsOn(permission: string, needed: readonly string[]): string {
  return `Permission ${permission} depends on permission(s): ${needed.join(", ")}`;
}
