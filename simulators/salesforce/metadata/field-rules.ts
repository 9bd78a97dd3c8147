import type { CustomFieldType } from "../model/custom-objects";

interface TypeRule {
  /** Must be given. */
  needs: readonly string[];
  /** May be given besides those of every field. */
  may: readonly string[];
}

const LIST = ["valueSet", "required"];
const NUMBER = ["required", "defaultValue"];
const RELATIONSHIP = ["referenceTo", "relationshipName"];

/** Properties by type (Metadata API developer guide, "CustomField"; refusals as recorded deployments word them). */
const RULES: Readonly<Record<CustomFieldType, TypeRule>> = {
  AutoNumber: { needs: ["displayFormat"], may: ["startingNumber", "externalId"] },
  Checkbox: { needs: ["defaultValue"], may: [] },
  Currency: { needs: ["precision", "scale"], may: NUMBER },
  Date: { needs: [], may: ["required", "defaultValue"] },
  DateTime: { needs: [], may: ["required", "defaultValue"] },
  Email: { needs: [], may: ["required", "defaultValue", "externalId", "unique", "caseSensitive"] },
  Html: { needs: ["length", "visibleLines"], may: ["defaultValue"] },
  LongTextArea: { needs: ["length", "visibleLines"], may: ["defaultValue"] },
  Lookup: { needs: RELATIONSHIP, may: ["relationshipLabel", "deleteConstraint", "required"] },
  MasterDetail: {
    needs: RELATIONSHIP,
    may: ["relationshipLabel", "relationshipOrder", "reparentableMasterDetail", "writeRequiresMasterRead"],
  },
  MultiselectPicklist: { needs: ["valueSet", "visibleLines"], may: ["required", "defaultValue"] },
  Number: { needs: ["precision", "scale"], may: [...NUMBER, "externalId", "unique"] },
  Percent: { needs: ["precision", "scale"], may: NUMBER },
  Phone: { needs: [], may: ["required", "defaultValue"] },
  Picklist: { needs: ["valueSet"], may: [...LIST, "defaultValue"] },
  Text: {
    needs: ["length"],
    may: ["required", "defaultValue", "externalId", "unique", "caseSensitive"],
  },
  TextArea: { needs: [], may: ["required", "defaultValue"] },
  Time: { needs: [], may: ["required", "defaultValue"] },
  Url: { needs: [], may: ["required", "defaultValue"] },
};

/** Given with any type: who they are, help, and history, which has no effect here. */
const COMMON = new Set([
  "fullName",
  "label",
  "type",
  "description",
  "inlineHelpText",
  "trackHistory",
  "trackFeedHistory",
  "trackTrending",
  "businessOwnerUser",
  "businessOwnerGroup",
  "businessStatus",
  "securityClassification",
  "complianceGroup",
  "deprecated",
]);

/** A calculated field has no value of its own to require or to default. */
const FORMULA: TypeRule = { needs: [], may: ["formula", "formulaTreatBlanksAs", "precision", "scale"] };
/** Source that was retrieved carries these switched off, whatever the type. */
const OFF_EVERYWHERE = new Set(["externalId"]);

/**
 * The first property that the type wants and lacks, or has and does not take; undefined when all is well.
 * @param given property names with their text
 */
export function propertyProblem(
  type: CustomFieldType,
  given: ReadonlyMap<string, string>,
): string | undefined {
  const isFormula = given.has("formula");
  const { needs, may } = isFormula ? FORMULA : RULES[type];
  const missing = needs.find((name) => !given.has(name));
  if (missing !== undefined) return `Must specify '${missing}' for a CustomField of type ${type}`;
  for (const [name, text] of given) {
    if (COMMON.has(name) || needs.includes(name) || may.includes(name)) continue;
    if (OFF_EVERYWHERE.has(name) && text === "false") continue;
    if (isFormula && name === "required" && text === "false") continue;
    return `Can not specify '${name}' for a CustomField of type ${type}`;
  }
  return undefined;
}

/** Lengths and digits by type; the wording is ours. */
export function sizeProblem(
  type: CustomFieldType,
  { length, precision, scale }: { length?: number; precision?: number; scale?: number },
): string | undefined {
  const [fewest, most] = type === "Text" ? [1, 255] : [256, 131_072];
  if (length !== undefined && (length < fewest || length > most)) {
    return `The length of a CustomField of type ${type} must be between ${fewest} and ${most}`;
  }
  if (precision !== undefined && (precision < 1 || precision > 18)) {
    return `The precision of a CustomField of type ${type} must be between 1 and 18`;
  }
  if (precision !== undefined && scale !== undefined && (scale < 0 || scale > precision)) {
    return `The scale of a CustomField of type ${type} must be between 0 and its precision`;
  }
  return undefined;
}
