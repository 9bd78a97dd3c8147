import { describeField } from "./describe-field";
import type { SObject } from "./schema";

const MASTER_RECORD_TYPE_ID = "012000000000000AAA";

/** An object as the global describe lists it. */
export function describeSummary(object: SObject, base: string) {
  return { ...objectProperties(object), urls: urls(object, base) };
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
    childRelationships: object.children.map(({ child, field }) => ({
      cascadeDelete: field.cascadeDelete,
      childSObject: child.name,
      deprecatedAndHidden: false,
      field: field.name,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: field.childRelationshipName,
      restrictedDelete: false,
    })),
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
    supportedScopes: [{ label: `All ${model.labelPlural.toLowerCase()}`, name: "everything" }],
    urls: {
      ...urls(object, base),
      uiDetailTemplate: `${origin}/{ID}`,
      uiEditTemplate: `${origin}/{ID}/e`,
      uiNewRecord: `${origin}/${model.keyPrefix}/e`,
    },
  };
}

function objectProperties({ model }: SObject) {
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: model.createable,
    custom: model.custom,
    customSetting: false,
    deepCloneable: false,
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
    undeletable: model.deletable,
    updateable: model.updateable,
  };
}

function urls({ model }: SObject, base: string) {
  const sobject = `${base}/sobjects/${model.name}`;
  return { rowTemplate: `${sobject}/{ID}`, describe: `${sobject}/describe`, sobject };
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
