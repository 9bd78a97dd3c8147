import type { XmlElement } from "./xml";

interface ElementRule {
  /** May stand several times, one after the other. */
  repeats?: boolean;
  /** Its content is of this type of the table. */
  type?: string;
  /** Salesforce knows it and this org does not do it. */
  undone?: boolean;
}

const ONE: ElementRule = {};
const UNDONE: ElementRule = { undone: true, repeats: true };
const NAMESPACE = "http://soap.sforce.com/2006/04/metadata";

function names(list: string, rule: ElementRule): Record<string, ElementRule> {
  return Object.fromEntries(list.split(" ").map((name) => [name, rule]));
}

/** Elements by type (Metadata API developer guide, one page per type). */
const TYPES: Readonly<Record<string, Readonly<Record<string, ElementRule>>>> = {
  Package: {
    types: { repeats: true, type: "PackageTypeMembers" },
    ...names(
      "version fullName description namespacePrefix apiAccessLevel setupWeblink uninstallClass postInstallClass",
      ONE,
    ),
  },
  PackageTypeMembers: { members: { repeats: true }, name: ONE },
  CustomObject: {
    fields: { repeats: true, type: "CustomField" },
    nameField: { type: "CustomField" },
    actionOverrides: { repeats: true, type: "ActionOverride" },
    ...names(
      "fullName label pluralLabel description deploymentStatus sharingModel externalSharingModel visibility startsWith gender compactLayoutAssignment allowInChatterGroups deprecated enableActivities enableBulkApi enableChangeDataCapture enableEnhancedLookup enableFeeds enableHistory enableLicensing enableReports enableSearch enableSharing enableStreamingApi recordTypeTrackFeedHistory recordTypeTrackHistory",
      ONE,
    ),
    searchLayouts: { type: "SearchLayouts" },
    ...names(
      "articleTypeChannelDisplay businessProcesses compactLayouts customHelp customHelpPage customSettingsType enableDataLossPrevention eventType externalDataSource externalName externalRepository fieldSets historyRetentionPolicy household indexes listViews profileSearchLayouts publishBehavior recordTypes sharingReasons sharingRecalculations validationRules webLinks",
      UNDONE,
    ),
  },
  ActionOverride: names("actionName comment content formFactor skipRecordTypeSelect type", ONE),
  SearchLayouts: names(
    "customTabListAdditionalFields excludedStandardButtons listViewButtons lookupDialogsAdditionalFields lookupFilterFields lookupPhoneDialogsAdditionalFields massQuickActions searchFilterFields searchResultsAdditionalFields searchResultsCustomButtons",
    { repeats: true },
  ),
  CustomField: {
    valueSet: { type: "ValueSet" },
    ...names(
      "fullName label type length precision scale externalId unique caseSensitive required description inlineHelpText defaultValue formula formulaTreatBlanksAs referenceTo relationshipName relationshipLabel relationshipOrder deleteConstraint reparentableMasterDetail writeRequiresMasterRead visibleLines displayFormat startingNumber trackHistory trackFeedHistory trackTrending businessOwnerUser businessOwnerGroup businessStatus securityClassification complianceGroup deprecated",
      ONE,
    ),
    ...names(
      "aiPredictionField displayLocationInDecimal encryptionScheme externalDeveloperName globalPicklist lookupFilter maskChar maskType metadataRelationshipControllingField picklist populateExistingRows referenceTargetField stripMarkup summarizedField summaryFilterItems summaryForeignKey summaryOperation",
      UNDONE,
    ),
  },
  ValueSet: {
    restricted: ONE,
    valueSetDefinition: { type: "ValueSetValuesDefinition" },
    ...names("controllingField valueSetName valueSettings", UNDONE),
  },
  ValueSetValuesDefinition: { sorted: ONE, value: { repeats: true, type: "CustomValue" } },
  CustomValue: names("fullName default label isActive color description", ONE),
  PermissionSet: {
    objectPermissions: { repeats: true, type: "PermissionSetObjectPermissions" },
    fieldPermissions: { repeats: true, type: "PermissionSetFieldPermissions" },
    userPermissions: { repeats: true, type: "PermissionSetUserPermission" },
    tabSettings: { repeats: true, type: "PermissionSetTabSetting" },
    recordTypeVisibilities: { repeats: true, type: "PermissionSetRecordTypeVisibility" },
    applicationVisibilities: { repeats: true, type: "PermissionSetApplicationVisibility" },
    ...names("fullName label description license hasActivationRequired", ONE),
    ...names(
      "classAccesses customMetadataTypeAccesses customPermissions customSettingAccesses dataspaceScopes emailRoutingAddressAccesses externalCredentialPrincipalAccesses externalDataSourceAccesses flowAccesses pageAccesses servicePresenceStatusAccesses",
      UNDONE,
    ),
  },
  PermissionSetObjectPermissions: names(
    "object allowCreate allowDelete allowEdit allowRead modifyAllRecords viewAllRecords viewAllFields",
    ONE,
  ),
  PermissionSetFieldPermissions: names("field editable readable", ONE),
  PermissionSetUserPermission: names("name enabled", ONE),
  PermissionSetTabSetting: names("tab visibility", ONE),
  PermissionSetRecordTypeVisibility: names("recordType visible", ONE),
  PermissionSetApplicationVisibility: names("application visible default", ONE),
  CustomTab: {
    ...names("fullName label customObject motif description hasSidebar mobileReady", ONE),
    ...names(
      "actionOverrides auraComponent flexiPage frameHeight icon lwcComponent page scontrol splashPageLink url urlEncodingKey urlFrameHeight urlType",
      UNDONE,
    ),
  },
};

/**
 * What is wrong with the elements of a file, in Salesforce's words (recorded deployments) unless it is our own limit;
 * undefined when each is known, stands once, or stands next to its like.
 */
export function elementProblem(element: XmlElement, type: string): string | undefined {
  const rules = TYPES[type] ?? {};
  const seen = new Set<string>();
  let before: string | undefined;
  for (const child of element.children) {
    const rule = Object.hasOwn(rules, child.name) ? rules[child.name] : undefined;
    if (!rule) {
      return `Error parsing file: Element {${NAMESPACE}}${child.name} invalid at this location in type ${type}`;
    }
    if (rule.undone) return `The simulated org does not deploy ${child.name} of a ${type}.`;
    if (seen.has(child.name) && !(rule.repeats && child.name === before)) {
      return `Error parsing file: Element ${child.name} is duplicated at this location in type ${type}`;
    }
    seen.add(child.name);
    before = child.name;
    const problem = rule.type === undefined ? undefined : elementProblem(child, rule.type);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
