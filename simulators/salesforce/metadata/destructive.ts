import { ComponentProblem, type ComponentResult, type Outcome } from "./component";
import type { Draft } from "./draft";
import type { Manifest } from "./manifest";
import { isDeployedType } from "./metadata-types";
import { permissionSetNamed } from "../access/permission-sets";
import type { Org } from "../org/org";

/** Takes the members of a list of deletions out of the draft. What is not there is a warning. */
export function deleteComponents(
  org: Org,
  draft: Draft,
  fileName: string,
  manifest: Manifest,
): ComponentResult[] {
  return manifest.types.flatMap(({ type, members }) =>
    members.map((fullName): ComponentResult => {
      try {
        return { type, fullName, fileName, outcome: remove(org, draft, type, fullName) };
      } catch (error) {
        if (!(error instanceof ComponentProblem)) throw error;
        return { type, fullName, fileName, outcome: { kind: "failed", problem: error.message } };
      }
    }),
  );
}

function remove(org: Org, draft: Draft, type: string, fullName: string): Outcome {
  if (!isDeployedType(type)) throw new ComponentProblem("Not available for deploy for this organization");
  if (fullName.includes("*"))
    throw new ComponentProblem("Wildcards are not allowed in destructiveChanges.xml");
  const isRemoved = REMOVERS[type](org, draft, fullName);
  return isRemoved
    ? { kind: "done", change: "deleted", id: null }
    : { kind: "warned", problem: `No ${type} named: ${fullName} found` };
}

type Remover = (org: Org, draft: Draft, fullName: string) => boolean;

const REMOVERS: Readonly<Record<"CustomObject" | "CustomField" | "CustomTab" | "PermissionSet", Remover>> = {
  CustomObject: removeObject,
  CustomField: removeField,
  CustomTab: (_, draft, name) => draft.tabs.delete(name),
  PermissionSet: removePermissionSet,
};

function removeObject(org: Org, draft: Draft, name: string): boolean {
  const object = draft.schema.find(name);
  if (!object) return false;
  refuseForeign("CustomObject", object.name, object.model.custom);
  const pointing = object.children.find(({ child }) => child.name !== object.name);
  if (pointing) throw inUse("object", `${pointing.child.name}.${pointing.field.name}`);
  refuseUsed(org, "object", [object.name]);
  draft.tabs.delete(object.name);
  draft.removeObject(object.model);
  return true;
}

function removeField(org: Org, draft: Draft, fullName: string): boolean {
  const [objectName = "", fieldName = ""] = fullName.split(".");
  const object = draft.schema.find(objectName);
  const field = object?.field(fieldName);
  if (!object || !field) return false;
  refuseForeign("CustomField", fullName, field.custom && field.mirrors === null);
  refuseUsed(org, "field", [object.name, field.name]);
  draft.removeField(object.model, field);
  return true;
}

/** What a rule or an automation of the org speaks of stays. */
function refuseUsed(org: Org, what: "object" | "field", names: readonly string[]): void {
  const stored = [
    ...org.validationRules.map(({ id, object, formula, errorField }) => ({
      id,
      object,
      formula,
      errorField,
    })),
    ...org.duplicateRules.list(),
    ...org.automations.map((automation) => automation.stored),
  ];
  const user = stored.find((setting) => {
    const text = JSON.stringify(setting).toLowerCase();
    return names.every((name) => text.includes(name.toLowerCase()));
  });
  if (user) throw inUse(what, user.id);
}

function inUse(what: "object" | "field", where: string): ComponentProblem {
  return new ComponentProblem(
    `This custom ${what} is referenced elsewhere in salesforce.com. Remove the usage and try again: ${where}`,
  );
}

function removePermissionSet(org: Org, draft: Draft, name: string): boolean {
  const isNew = draft.permissionSets.delete(name.toLowerCase());
  if (!permissionSetNamed(org, name)) return isNew;
  draft.removedPermissionSets.add(name.toLowerCase());
  return true;
}

/** Standard components, and those of a managed package, cannot be deleted. */
function refuseForeign(type: string, fullName: string, isCustom: boolean): void {
  const isManaged = /(?:^|\.)\w+?__\w+?__c$/.test(fullName);
  if (isCustom && !isManaged) return;
  throw new ComponentProblem(
    `The ${type} called '${fullName}' is ${isManaged ? "part of a managed package" : "standard"} and cannot be deleted`,
  );
}
