import { brokenUse } from "./broken-use";
import { ComponentProblem, failed, type Component, type ComponentResult, type Outcome } from "./component";
import type { Draft } from "./draft";
import type { Manifest } from "./manifest";
import { isDeployedType } from "./metadata-types";
import { permissionSetNamed } from "../access/permission-sets";
import type { Schema } from "../model/schema";
import type { Org } from "../org/org";

/**
 * Takes the members of a list of deletions out of the draft. What is not there is a warning. What only other members of
 * the list use goes after them, wherever it stands.
 */
export function deleteComponents(
  org: Org,
  draft: Draft,
  fileName: string,
  manifest: Manifest,
): ComponentResult[] {
  const results = manifest.types.flatMap(({ type, members }) =>
    members.map((fullName) => attempt(org, draft, { type, fullName, fileName })),
  );
  for (let hasChanged = true; hasChanged;) {
    hasChanged = false;
    for (const [position, result] of results.entries()) {
      if (result.outcome.kind !== "failed") continue;
      const again = attempt(org, draft, result);
      results[position] = again;
      hasChanged ||= again.outcome.kind === "done";
    }
  }
  return results;
}

function attempt(org: Org, draft: Draft, { type, fullName, fileName }: Component): ComponentResult {
  try {
    return { type, fullName, fileName, outcome: remove(org, draft, type, fullName) };
  } catch (error) {
    if (!(error instanceof ComponentProblem)) throw error;
    return failed({ type, fullName, fileName }, error.message);
  }
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
  refuseUsed(org, draft, "object", draft.schema.without([object.name]));
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
  refuseUsed(org, draft, "field", draft.schemaWithoutField(object.model, field));
  draft.removeField(object.model, field);
  return true;
}

/** What a rule, an automation or a formula field of the org speaks of stays. */
function refuseUsed(org: Org, draft: Draft, what: "object" | "field", without: Schema): void {
  const where = brokenUse(org, draft.schema, without);
  if (where !== undefined) throw inUse(what, where);
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
