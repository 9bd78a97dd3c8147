/** The types that this org deploys, with the folder and ending of their files; fields stand in their object's file. */
export const DEPLOYED_TYPES = {
  CustomObject: { folder: "objects", ending: ".object" },
  CustomField: { folder: "objects", ending: ".object" },
  CustomTab: { folder: "tabs", ending: ".tab" },
  PermissionSet: { folder: "permissionsets", ending: ".permissionset" },
} as const;

export type DeployedType = keyof typeof DEPLOYED_TYPES;

export function isDeployedType(name: string): name is DeployedType {
  return Object.hasOwn(DEPLOYED_TYPES, name);
}

/** Types that Salesforce has and this org refuses (Metadata API developer guide, "Metadata types"). */
const OTHER_TYPES = new Set(
  "ApexClass ApexComponent ApexPage ApexTestSuite ApexTrigger AppMenu ApprovalProcess AssignmentRules AuraDefinitionBundle AuthProvider AutoResponseRules BusinessProcess CompactLayout ConnectedApp ContentAsset CspTrustedSite CustomApplication CustomLabel CustomLabels CustomMetadata CustomNotificationType CustomObjectTranslation CustomPermission CustomSite Dashboard DelegateGroup Document DuplicateRule EmailTemplate EscalationRules ExperienceBundle ExternalClientApplication ExternalCredential ExternalDataSource FieldSet FlexiPage Flow FlowDefinition GlobalValueSet Group HomePageLayout Index InstalledPackage Layout Letterhead LightningComponentBundle LightningMessageChannel ListView MatchingRule MatchingRules MutingPermissionSet NamedCredential Network PathAssistant PermissionSetGroup PlatformEventChannel PlatformEventChannelMember PlatformEventSubscriberConfig Profile Queue QuickAction RecordType RemoteSiteSetting Report ReportType Role Settings SharingReason SharingRules StandardValueSet StaticResource TopicsForObjects Translations ValidationRule WebLink Workflow".split(
    " ",
  ),
);

export function isOtherSalesforceType(name: string): boolean {
  return OTHER_TYPES.has(name);
}
