import { describeField } from "./describe-field";
import { describeUrls } from "./describe-urls";
import type { SObject } from "./schema";

const MASTER_RECORD_TYPE_ID = "012000000000000AAA";
const DEEP_CLONEABLE = new Set(["Opportunity"]);
const HAS_TEAMS = new Set(["Account", "Contact", "Opportunity"]);

/** An object as the global describe lists it. */
export function describeSummary(object: SObject, base: string) {
  return { ...objectProperties(object), urls: describeUrls(object, base) };
}

/**
 * The full describe of an object, with the properties of the recorded answers.
 * @param base `/services/data/v62.0`
 * @param origin the org's own URL, for links into its pages
 */
export function describeObject(
  object: SObject,
  base: string,
  origin: string,
  recordTypeIds: ReadonlyMap<string, string>,
) {
  const { model } = object;
  return {
    actionOverrides: [],
    ...objectProperties(object),
    childRelationships: childRelationships(object),
    compactLayoutable: model.layoutable,
    defaultImplementation: null,
    extendedBy: null,
    extendsInterfaces: null,
    fields: model.fields.map(describeField),
    implementedBy: null,
    implementsInterfaces: null,
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: recordTypeInfos(object, base, recordTypeIds),
    searchLayoutable: model.searchable,
    sobjectDescribeOption: "FULL",
    supportedScopes: supportedScopes(object),
    urls: describeUrls(object, base, origin),
  };
}

function objectProperties(object: SObject) {
  const { model } = object;
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: model.createable,
    custom: model.custom,
    customSetting: false,
    deepCloneable: DEEP_CLONEABLE.has(model.name),
    deletable: model.deletable,
    deprecatedAndHidden: false,
    feedEnabled: model.triggerable && !model.custom,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: model.keyPrefix,
    label: model.label,
    labelPlural: model.labelPlural,
    layoutable: model.layoutable,
    mergeable: model.mergeable,
    mruEnabled: model.searchable,
    name: model.name,
    queryable: true,
    replicateable: true,
    retrieveable: true,
    searchable: model.searchable,
    triggerable: model.triggerable,
    undeletable: model.deletable && object.field("IsDeleted") !== undefined,
    updateable: model.updateable,
  };
}

/** Lookups that point here, by object and field; a merge's MasterRecordId is not among them (recorded describes). */
function childRelationships({ children }: SObject) {
  return children
    .filter(({ field }) => field.name !== "MasterRecordId")
    .map(({ child, field }) => ({
      cascadeDelete: field.cascadeDelete,
      childSObject: child.name,
      deprecatedAndHidden: false,
      field: field.name,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: field.childRelationshipName,
      restrictedDelete: field.restrictedDelete,
    }))
    .sort((a, b) => compare(a.childSObject, b.childSObject) || compare(a.field, b.field));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Where records may be looked for: everywhere, and where they have owners also by these. */
function supportedScopes(object: SObject) {
  const records = object.model.labelPlural.toLowerCase();
  const scopes = [{ label: `All ${records}`, name: "everything" }];
  if (!object.field("OwnerId")) return scopes;
  scopes.push({ label: `My ${records}`, name: "mine" }, { label: "Filter by scope", name: "scopingRule" });
  if (HAS_TEAMS.has(object.name)) scopes.push({ label: `My team's ${records}`, name: "team" });
  return scopes;
}

function recordTypeInfos(object: SObject, base: string, recordTypeIds: ReadonlyMap<string, string>) {
  const { recordTypes } = object.model;
  const own = recordTypes.map((type) => ({
    developerName: type.developerName,
    name: type.name,
    recordTypeId: recordTypeIds.get(`${object.name}.${type.developerName}`) ?? "",
    defaultRecordTypeMapping: type.isDefault,
    master: false,
  }));
  const master = {
    developerName: "Master",
    name: "Master",
    recordTypeId: MASTER_RECORD_TYPE_ID,
    defaultRecordTypeMapping: recordTypes.length === 0,
    master: true,
  };
  return [...own, master].map((info) => ({
    active: true,
    available: true,
    defaultRecordTypeMapping: info.defaultRecordTypeMapping,
    developerName: info.developerName,
    master: info.master,
    name: info.name,
    recordTypeId: info.recordTypeId,
    urls: { layout: `${base}/sobjects/${object.name}/describe/layouts/${info.recordTypeId}` },
  }));
}
