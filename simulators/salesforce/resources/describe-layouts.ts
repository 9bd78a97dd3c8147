import { objectInPath } from "./find-object";
import { layoutItem } from "./layout-items";
import { notModified } from "./not-modified";
import { setupId } from "./setup-ids";
import { notFound } from "../http/errors";
import { versionPath, type RestCall, type RestReply, type Route } from "../http/messages";
import type { SObject } from "../model/schema";
import type { FieldModel } from "../model/types";
import { normaliseId } from "../org/ids";
import { isFitting, isTabbed, sectionsFor, fieldsNamed, layoutOf } from "../page/layouts";
import { recordTypesOf } from "./record-types";

/** `/sobjects/X/describe/layouts[/<record type>]` (REST API guide, "sObject Layouts"). */
export const describeLayoutRoutes: Route[] = [
  {
    method: "GET",
    pattern: /^\/sobjects\/([^/]+)\/describe\/layouts\/?$/,
    handle: layouts,
    composable: true,
  },
  {
    method: "GET",
    pattern: /^\/sobjects\/([^/]+)\/describe\/layouts\/([^/]+)\/?$/,
    handle: layoutOfRecordType,
    composable: true,
  },
];

const COLUMNS = 2;

/** All layouts and which record type has which; with several record types the layouts are null, as documented. */
function layouts(call: RestCall, [name = ""]: readonly string[]): RestReply {
  const object = layoutable(call, name);
  const types = recordTypesOf(call.org, object);
  const base = `${versionPath(call.request.version)}/sobjects/${object.name}/describe/layouts`;
  return notModified(call, () => ({
    layouts: types.length > 1 ? null : [layout(object, false, 0)],
    recordTypeMappings: types.map((type, position) => ({
      active: true,
      available: true,
      defaultRecordTypeMapping: type.isDefault,
      developerName: type.developerName,
      layoutId: layoutId(object, type.isMaster ? 0 : position + 1),
      master: type.isMaster,
      name: type.name,
      picklistsForRecordType: null,
      recordTypeId: type.id,
      urls: { layout: `${base}/${type.id}` },
    })),
    recordTypeSelectorRequired: [types.filter((type) => !type.isMaster).length > 1],
  }));
}

function layoutOfRecordType(call: RestCall, [name = "", typeId = ""]: readonly string[]): RestReply {
  const object = layoutable(call, name);
  const types = recordTypesOf(call.org, object);
  const position = types.findIndex(({ id }) => id === normaliseId(typeId));
  const type = types[position];
  if (!type) throw notFound();
  return notModified(call, () => layout(object, type.isPersonType, type.isMaster ? 0 : position + 1));
}

/** Objects without page have no layout. @throws ApiError 404 */
function layoutable({ schema }: RestCall, name: string): SObject {
  const object = objectInPath(schema, name);
  if (!object.model.layoutable) throw notFound();
  return object;
}

function layoutId(object: SObject, position: number): string {
  return setupId("00h", object.model.keyPrefix, position);
}

function layout(object: SObject, isPerson: boolean, position: number) {
  const id = layoutId(object, position);
  const sections = sectionsFor(object, isPerson).map(({ title, fields }, number) => ({
    collapsed: false,
    columns: COLUMNS,
    heading: title,
    layoutRows: rowsOf(object, fields),
    layoutSectionId: setupId("01B", object.model.keyPrefix, position * 10 + number),
    parentLayoutId: id,
    rows: Math.ceil(fields.length / COLUMNS),
    tabOrder: "LeftToRight",
    useCollapsibleSection: true,
    useHeading: true,
  }));
  return {
    buttonLayoutSection: { detailButtons: buttonsOf(object) },
    detailLayoutSections: sections,
    editLayoutSections: sections,
    feedView: null,
    highlightsPanelLayoutSection: null,
    id,
    multirowEditLayoutSections: [],
    offlineLinks: [],
    quickActionList: { quickActionListItems: [] },
    relatedContent: null,
    relatedLists: relatedLists(object, isPerson),
    saveOptions: [],
  };
}

function rowsOf(object: SObject, fields: readonly FieldModel[]) {
  const rows = [];
  for (let start = 0; start < fields.length; start += COLUMNS) {
    const layoutItems = fields
      .slice(start, start + COLUMNS)
      .map((field, column) => layoutItem(object, field, start + column + 1));
    rows.push({ layoutItems, numItems: layoutItems.length });
  }
  return rows;
}

/** The buttons of a record's page that this user may press. */
function buttonsOf({ model }: SObject) {
  const names = [...(model.updateable ? ["Edit"] : []), ...(model.deletable ? ["Delete"] : [])];
  return names.map((name) => ({
    behavior: null,
    colors: null,
    content: null,
    contentSource: null,
    custom: false,
    encoding: null,
    height: null,
    icons: null,
    label: name,
    menubar: false,
    name,
    overridden: false,
    resizeable: false,
    scrollbars: false,
    showsLocation: false,
    showsStatus: false,
    toolbar: false,
    url: null,
    width: null,
    windowPosition: null,
  }));
}

function relatedLists(object: SObject, isPerson: boolean) {
  return object.children
    .filter(({ child, field }) => isTabbed(child) && field.childRelationshipName !== null)
    .filter(({ child }) => !(isPerson && child.name === "Contact"))
    .map(({ child, field }) => ({
      accessLevelRequiredForCreate: null,
      buttons: [],
      columns: fieldsNamed(child, layoutOf(child).columns)
        .filter((column) => isFitting(child, column, false))
        .map((column) => ({
          field: `${child.name}.${column.name}`,
          fieldApiName: column.name,
          format: column.type === "date" || column.type === "datetime" ? column.type : null,
          label: column.label,
          lookupId: column.nameField ? `${child.name}.Id` : null,
          name: column.name,
          sortable: column.sortable,
        })),
      custom: field.custom,
      field: field.name,
      label: child.model.labelPlural,
      limitRows: 5,
      name: field.childRelationshipName,
      sobject: child.name,
      sort: [],
    }));
}
