import { objectInPath } from "./find-object";
import { layoutItem } from "./layout-items";
import { notModified } from "./not-modified";
import { recordTypesOf } from "./record-types";
import { ApiError, notFound } from "../http/errors";
import { versionPath, type RestCall, type RestReply, type Route } from "../http/messages";
import type { SObject } from "../model/schema";
import { fieldsNamed, isFitting, layoutOf } from "../page/layouts";

const MOST_OBJECTS = 100;

/** `/sobjects/X/describe/compactLayouts[/primary]` and `/compactLayouts?q=` (REST API guide, "Compact Layouts"). */
export const compactLayoutRoutes: Route[] = [
  {
    method: "GET",
    pattern: /^\/sobjects\/([^/]+)\/describe\/compactLayouts\/?$/,
    handle: compactLayouts,
    composable: true,
  },
  {
    method: "GET",
    pattern: /^\/sobjects\/([^/]+)\/describe\/compactLayouts\/(primary|primaryPersonAccount)$/,
    handle: primaryLayout,
    composable: true,
  },
  { method: "GET", pattern: /^\/compactLayouts\/?$/, handle: ofSeveralObjects, composable: true },
];

function compactLayouts(call: RestCall, [name = ""]: readonly string[]): RestReply {
  const object = objectInPath(call.schema, name);
  const url = `${versionPath(call.request.version)}/sobjects/${object.name}/describe/compactLayouts`;
  return notModified(call, () => ({
    compactLayouts: [systemLayout(object, false)],
    defaultCompactLayoutId: null,
    recordTypeCompactLayoutMappings: recordTypesOf(call.org, object).map((type) => ({
      available: true,
      compactLayoutId: null,
      compactLayoutName: "SYSTEM",
      recordTypeId: type.id,
      recordTypeName: type.name,
      urls: { compactLayout: `${url}/primary` },
    })),
    urls: { primary: `${url}/primary` },
  }));
}

function primaryLayout(call: RestCall, [name = "", which]: readonly string[]): RestReply {
  const object = objectInPath(call.schema, name);
  const isPerson = which === "primaryPersonAccount";
  if (isPerson && !object.model.recordTypes.some((type) => type.isPersonType)) throw notFound();
  return notModified(call, () => systemLayout(object, isPerson));
}

/** The primary compact layout of each object named in `q`. */
function ofSeveralObjects(call: RestCall): RestReply {
  const names = (call.request.query.get("q") ?? "").split(",").filter((name) => name.trim() !== "");
  if (names.length === 0) throw new ApiError(400, "MISSING_ARGUMENT", "The q parameter is required");
  if (names.length > MOST_OBJECTS) {
    throw new ApiError(400, "LIMIT_EXCEEDED", `Up to ${MOST_OBJECTS} objects can be queried at once`);
  }
  const objects = names.map((name) => {
    const object = call.schema.find(name.trim());
    if (object) return object;
    throw new ApiError(400, "INVALID_TYPE", `sObject type '${name.trim()}' is not supported.`);
  });
  return notModified(call, () =>
    Object.fromEntries(objects.map((object) => [object.name, systemLayout(object, false)])),
  );
}

/** The layout that an object has until an admin makes another: its name and the highlights of its page. */
function systemLayout(object: SObject, isPerson: boolean) {
  const nameFields = object.model.fields.filter((field) => field.nameField).slice(0, 1);
  const highlights = fieldsNamed(object, layoutOf(object).highlights).filter((field) =>
    isFitting(object, field, isPerson),
  );
  return {
    actions: [],
    fieldItems: [...nameFields, ...highlights].map((field, position) =>
      layoutItem(object, field, position + 1),
    ),
    id: null,
    imageItems: [],
    label: "System Default",
    name: "SYSTEM",
    objectType: object.name,
  };
}
