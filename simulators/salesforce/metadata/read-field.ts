import { ComponentProblem } from "./component";
import { propertyProblem, sizeProblem } from "./field-rules";
import { childrenNamed, childText, type XmlElement } from "./xml";
import { isCustomFieldType, type CustomFieldSpec, type CustomFieldType } from "../model/custom-objects";

const FULL_NAME = /^[A-Za-z](?!.*___)(?!.*__.*__)[A-Za-z0-9_]*__c$/;
const NAMESPACED = /^([A-Za-z]\w*?)__\w+?__c$/;
const MAX_LABEL = 40;
const DELETE_CONSTRAINTS = ["SetNull", "Restrict", "Cascade"] as const;

/**
 * Reads a `<fields>` element as a specification of a field.
 * @throws ComponentProblem in Salesforce's words where they are known
 */
export function readField(element: XmlElement): CustomFieldSpec {
  const given = new Map(element.children.map((child) => [child.name, child.text]));
  const type = fieldType(given.get("type"));
  const label = given.get("label");
  if (label === undefined || label === "") throw new ComponentProblem("Required field is missing: label");
  if (label.length > MAX_LABEL) {
    throw new ComponentProblem(`Field Label: data value too large: ${label} (max length=${MAX_LABEL})`);
  }
  const problem = propertyProblem(type, given);
  if (problem !== undefined) throw new ComponentProblem(problem);
  const spec: CustomFieldSpec = {
    fullName: given.get("fullName") ?? "",
    type,
    label,
    length: wholeNumber(given, "length"),
    precision: wholeNumber(given, "precision"),
    scale: wholeNumber(given, "scale"),
    externalId: flag(given, "externalId"),
    unique: flag(given, "unique"),
    caseSensitive: flag(given, "caseSensitive"),
    required: flag(given, "required"),
    inlineHelpText: given.get("inlineHelpText"),
    defaultValue: given.get("defaultValue"),
    formula: given.get("formula"),
    referenceTo: given.get("referenceTo"),
    relationshipName: given.get("relationshipName"),
    deleteConstraint: deleteConstraint(given.get("deleteConstraint")),
    reparentableMasterDetail: flag(given, "reparentableMasterDetail"),
    writeRequiresMasterRead: flag(given, "writeRequiresMasterRead"),
    relationshipOrder: wholeNumber(given, "relationshipOrder"),
    displayFormat: given.get("displayFormat"),
    startingNumber: wholeNumber(given, "startingNumber"),
    ...valueSet(element),
  };
  refuseContradictions(spec);
  return spec;
}

/** @throws ComponentProblem for a name without suffix, or with the namespace of a package */
export function refuseBadName(fullName: string): void {
  const namespace = NAMESPACED.exec(fullName)?.[1];
  if (namespace !== undefined && !FULL_NAME.test(fullName)) {
    throw new ComponentProblem(
      `Cannot create a new component with the namespace: ${namespace}.  Only components in the same namespace as the organization can be created through the API`,
    );
  }
  if (!FULL_NAME.test(fullName)) {
    throw new ComponentProblem("Invalid fullName, must end in a custom suffix (e.g. __c)");
  }
}

function fieldType(name: string | undefined): CustomFieldType {
  if (name === undefined) throw new ComponentProblem("Required field is missing: type");
  if (isCustomFieldType(name)) return name;
  throw new ComponentProblem(`The simulated org does not deploy a CustomField of type ${name}.`);
}

function refuseContradictions(spec: CustomFieldSpec): void {
  const problem = sizeProblem(spec.type, spec) ?? contradiction(spec);
  if (problem !== undefined) throw new ComponentProblem(problem);
}

function contradiction(spec: CustomFieldSpec): string | undefined {
  if (spec.caseSensitive && !spec.unique) {
    return `Can not specify 'caseSensitive' for a CustomField of type ${spec.type} that is not unique`;
  }
  if (
    spec.type === "Lookup" &&
    spec.required &&
    !["Restrict", "Cascade"].includes(spec.deleteConstraint ?? "")
  ) {
    return "field integrity exception: unknown (must specify either cascade delete or restrict delete for required lookup foreign key)";
  }
  if (spec.displayFormat !== undefined && !/\{0+\}/.test(spec.displayFormat)) {
    return `The displayFormat of a CustomField of type AutoNumber must contain a number such as {0000}: ${spec.displayFormat}`;
  }
  const values = (spec.valueSet ?? []).map(({ fullName }) => fullName);
  const repeated = values.find((value, position) => values.indexOf(value) !== position);
  return repeated === undefined ? undefined : `Duplicate picklist value: ${repeated}`;
}

function valueSet(field: XmlElement): Pick<CustomFieldSpec, "valueSet" | "restricted"> {
  const [set] = childrenNamed(field, "valueSet");
  if (!set) return {};
  const [definition] = childrenNamed(set, "valueSetDefinition");
  if (!definition) throw new ComponentProblem("Required field is missing: valueSetDefinition");
  const values = childrenNamed(definition, "value").map((value) => {
    const fullName = childText(value, "fullName");
    if (!fullName) throw new ComponentProblem("Required field is missing: fullName");
    return {
      fullName,
      label: childText(value, "label") ?? fullName,
      default: childText(value, "default") === "true",
      isActive: childText(value, "isActive") !== "false",
    };
  });
  const isSorted = childText(definition, "sorted") === "true";
  if (isSorted) values.sort((a, b) => (a.label < b.label ? -1 : 1));
  return { valueSet: values, restricted: childText(set, "restricted") === "true" };
}

function deleteConstraint(text: string | undefined): CustomFieldSpec["deleteConstraint"] {
  const known = DELETE_CONSTRAINTS.find((constraint) => constraint === text);
  if (text !== undefined && !known) {
    throw new ComponentProblem(`'${text}' is not a valid value for the enum 'DeleteConstraint'`);
  }
  return known;
}

function flag(given: ReadonlyMap<string, string>, name: string): boolean | undefined {
  const text = given.get(name);
  if (text === undefined) return undefined;
  if (text === "true" || text === "1") return true;
  if (text === "false" || text === "0") return false;
  throw new ComponentProblem(`Error parsing file: '${text}' is not a valid boolean in ${name}`);
}

function wholeNumber(given: ReadonlyMap<string, string>, name: string): number | undefined {
  const text = given.get(name);
  if (text === undefined) return undefined;
  if (/^-?\d+$/.test(text)) return Number(text);
  throw new ComponentProblem(`Error parsing file: '${text}' is not a valid int in ${name}`);
}
