import { isDeepStrictEqual } from "node:util";
import { ComponentProblem, type Outcome } from "./component";
import type { Draft } from "./draft";
import { refuseBadName } from "./read-field";
import { childrenNamed, childText, type XmlElement } from "./xml";
import { hashedId } from "../access/hashed-id";
import { customObject, nextCustomKeyPrefix, type CustomObjectSpec } from "../model/custom-objects";
import type { ObjectModel } from "../model/types";

const REQUIRED = ["label", "pluralLabel", "nameField", "deploymentStatus", "sharingModel"] as const;
const VALUES: Readonly<Record<string, readonly string[]>> = {
  deploymentStatus: ["InDevelopment", "Deployed"],
  sharingModel: ["Private", "Read", "ReadWrite", "ReadWriteTransfer", "ControlledByParent"],
  visibility: ["Public"],
};

/**
 * Puts a custom object without its fields into the draft; of one that is there, labels change.
 * @throws ComponentProblem
 */
export function deployObject(draft: Draft, source: XmlElement, name: string): Outcome {
  const before = draft.schema.find(name)?.model;
  const id = hashedId("01I", name);
  if (before && !before.custom) {
    refuseStandardProperties(source, name);
    return { kind: "done", change: "unchanged", id: null };
  }
  if (before && /^\w+?__\w+?__c$/.test(before.name)) {
    throw new ComponentProblem(
      `Cannot modify managed object: entity=CustomEntityDefinition, component=${id.slice(0, 15)}, state=installed`,
    );
  }
  refuseBadName(name);
  refuseBadProperties(source);
  const spec = readObject(source, name, before?.keyPrefix ?? nextPrefix(draft));
  const built = customObject(spec, draft.schema.shape);
  const after = before ? relabelled(before, built) : built;
  draft.putObject(after);
  const change = !before ? "created" : isDeepStrictEqual(before, after) ? "unchanged" : "changed";
  return { kind: "done", change, id };
}

function nextPrefix(draft: Draft): string {
  return nextCustomKeyPrefix(draft.schema.objects.map(({ model }) => model));
}

/** In a file of a standard object only fields may stand here. */
function refuseStandardProperties(source: XmlElement, name: string): void {
  const other = source.children.find((child) => child.name !== "fields" && child.name !== "fullName");
  if (other) {
    throw new ComponentProblem(`The simulated org does not change ${other.name} of the object ${name}.`);
  }
}

function refuseBadProperties(source: XmlElement): void {
  for (const name of REQUIRED) {
    if (source.children.some((child) => child.name === name)) continue;
    throw new ComponentProblem(
      name === "nameField"
        ? "Must specify a nameField of type Text or AutoNumber"
        : `Required field is missing: ${name}`,
    );
  }
  for (const [name, values] of Object.entries(VALUES)) {
    const text = childText(source, name);
    if (text !== undefined && !values.includes(text)) {
      throw new ComponentProblem(`'${text}' is not a valid value for the enum '${name}'`);
    }
  }
  refuseBadSharing(source);
  refuseOverrides(source);
}

function refuseBadSharing(source: XmlElement): void {
  const sharing = childText(source, "sharingModel");
  const hasMaster = childrenNamed(source, "fields").some(
    (field) => childText(field, "type") === "MasterDetail",
  );
  if (hasMaster && sharing !== "ControlledByParent") {
    throw new ComponentProblem(
      `Cannot set sharingModel to ${sharing ?? ""} on a CustomObject with a MasterDetail relationship field`,
    );
  }
  if (!hasMaster && sharing === "ControlledByParent") {
    throw new ComponentProblem(
      "Cannot set sharingModel to ControlledByParent on a CustomObject without a MasterDetail relationship field",
    );
  }
}

/** Retrieved source lists each standard action with type Default; anything else would change pages. */
function refuseOverrides(source: XmlElement): void {
  const other = childrenNamed(source, "actionOverrides").find((one) => childText(one, "type") !== "Default");
  if (other) {
    throw new ComponentProblem("The simulated org deploys only actionOverrides of type Default.");
  }
}

function readObject(source: XmlElement, name: string, keyPrefix: string): CustomObjectSpec {
  const label = childText(source, "label") ?? "";
  const [nameField] = childrenNamed(source, "nameField");
  return {
    name,
    label,
    pluralLabel: childText(source, "pluralLabel") ?? label,
    nameField: readNameField(nameField),
    keyPrefix,
  };
}

function readNameField(element: XmlElement | undefined): CustomObjectSpec["nameField"] {
  const type = element && childText(element, "type");
  const label = (element && childText(element, "label")) ?? "";
  if (element && type === "Text") return { type, label };
  if (element && type === "AutoNumber") {
    const displayFormat = childText(element, "displayFormat");
    if (displayFormat === undefined || !/\{0+\}/.test(displayFormat)) {
      throw new ComponentProblem("Must specify 'displayFormat' for a CustomField of type AutoNumber");
    }
    const startingNumber = Number(childText(element, "startingNumber") ?? 1);
    return { type, label, displayFormat, startingNumber };
  }
  throw new ComponentProblem("Must specify a nameField of type Text or AutoNumber");
}

/** The object as it is with the new labels and name field. */
function relabelled(before: ObjectModel, built: ObjectModel): ObjectModel {
  const name = built.fields.find((field) => field.nameField);
  return {
    ...before,
    label: built.label,
    labelPlural: built.labelPlural,
    fields: before.fields.map((field) => (field.nameField && name ? name : field)),
  };
}
