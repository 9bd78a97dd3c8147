import { ComponentProblem, type Outcome } from "./component";
import type { Draft } from "./draft";
import { readPermissionSet, type PermissionSetSource } from "./permission-set-source";
import { childText, type XmlElement } from "./xml";
import { decidingField, isGoverned } from "../access/field-security";
import { hashedId } from "../access/hashed-id";
import { dependsOn, missingRight, neededParents } from "../access/permission-dependencies";
import { USER_PERMISSIONS } from "../model/permission-objects";
import type { SObject } from "../model/schema";
import type { Row } from "../model/types";

const NAME = /^[A-Za-z](?!.*__)[A-Za-z0-9_]*(?<!_)$/;

/**
 * Puts a permission set into the draft, in place of one of its name.
 * @param existing the org's row of that name
 * @throws ComponentProblem in Salesforce's words where they are known (recorded deployments)
 */
export function deployPermissionSet(
  draft: Draft,
  source: XmlElement,
  name: string,
  existing: Row | undefined,
): Outcome {
  if (!NAME.test(name)) throw new ComponentProblem(`Invalid fullName of a PermissionSet: ${name}`);
  const set = readPermissionSet(source, name);
  refuseActivation(source);
  for (const { object } of set.objects) refuseUnknownObject(draft, object);
  refuseMissingRights(draft, set);
  for (const field of set.fields) refuseBadField(draft, field);
  for (const permission of set.userPermissions) refuseUnknownPermission(permission);
  refuseMissingTargets(draft, set);
  draft.removedPermissionSets.delete(name.toLowerCase());
  draft.permissionSets.set(name.toLowerCase(), set);
  const id = existing ? String(existing.Id) : permissionSetId(name);
  return { kind: "done", change: existing ? "changed" : "created", id };
}

/** The id of a permission set that a deployment creates. */
export function permissionSetId(name: string): string {
  return hashedId("0PS", `permission set ${name}`);
}

function refuseActivation(source: XmlElement): void {
  if (childText(source, "hasActivationRequired") === "true") {
    throw new ComponentProblem("The simulated org does not deploy permission sets that need activation.");
  }
}

function refuseUnknownObject(draft: Draft, name: string): void {
  const object = draft.schema.find(name);
  if (!object || !isGoverned(object.model)) {
    throw new ComponentProblem(`In field: object - no CustomObject named ${name} found`);
  }
}

function refuseMissingRights(draft: Draft, set: PermissionSetSource): void {
  const readable = new Set(
    set.objects.filter(({ right }) => right.read).map(({ object }) => object.toLowerCase()),
  );
  for (const { object: name, right } of set.objects) {
    const message = missingRight(name, right);
    if (message !== undefined) throw new ComponentProblem(message);
    const object = draft.schema.find(name);
    const parents = right.read && object ? neededParents(object.name, mastersOf(object)) : [];
    const missing = parents.filter((parent) => !readable.has(parent.toLowerCase()));
    if (missing.length > 0) {
      throw new ComponentProblem(
        dependsOn(
          `Read ${name}`,
          missing.map((parent) => `Read ${parent}`),
        ),
      );
    }
  }
}

function mastersOf(object: SObject): string[] {
  return object.model.fields
    .filter((field) => field.relationshipOrder !== null)
    .flatMap((field) => [...field.referenceTo]);
}

function refuseBadField(draft: Draft, { field: name, right }: PermissionSetSource["fields"][number]): void {
  const [objectName = "", fieldName = ""] = name.split(".");
  const object = draft.schema.find(objectName);
  const field = object?.field(fieldName);
  if (!object || !field) {
    throw new ComponentProblem(`In field: field - no CustomField named ${name} found`);
  }
  const key = decidingField(draft.schema, object, field);
  if (!key) throw new ComponentProblem(`You cannot deploy to a required field: ${name}`);
  if (key.object !== object.name || key.field !== field.name) {
    throw new ComponentProblem(
      `Field-level security of ${name} is that of ${key.object}.${key.field}: list that field`,
    );
  }
  if (right.edit && !right.read) {
    throw new ComponentProblem(dependsOn(`Edit ${name}`, [`Read ${name}`]));
  }
  const isWritten = field.createable || field.updateable || field.type === "address";
  if (right.edit && !isWritten) {
    throw new ComponentProblem(`Field ${name} is read-only: it cannot be made editable`);
  }
}

function refuseUnknownPermission(name: string): void {
  if (!Object.hasOwn(USER_PERMISSIONS, name)) {
    throw new ComponentProblem(`Unknown user permission: ${name}`);
  }
}

/** Tabs, record types and apps must be there; this org has no apps. */
function refuseMissingTargets(draft: Draft, set: PermissionSetSource): void {
  const tab = set.tabs.find((name) => !hasTab(draft, name));
  if (tab !== undefined) throw new ComponentProblem(`In field: tab - no CustomTab named ${tab} found`);
  const recordType = set.recordTypes.find((name) => !hasRecordType(draft, name));
  if (recordType !== undefined) {
    throw new ComponentProblem(`In field: recordType - no RecordType named ${recordType} found`);
  }
  const [application] = set.applications;
  if (application !== undefined) {
    throw new ComponentProblem(`In field: application - no CustomApplication named ${application} found`);
  }
}

function hasTab(draft: Draft, name: string): boolean {
  if (draft.tabs.has(name)) return true;
  const standard = /^standard-(\w+)$/.exec(name)?.[1];
  const object = standard === undefined ? undefined : draft.schema.find(standard);
  return object !== undefined && !object.model.custom && object.model.layoutable;
}

function hasRecordType(draft: Draft, name: string): boolean {
  const [objectName = "", developerName = ""] = name.split(".");
  const types = draft.schema.find(objectName)?.model.recordTypes ?? [];
  return types.some((type) => type.developerName === developerName);
}
