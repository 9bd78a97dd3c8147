import { objectInPath } from "./find-object";
import { versionPath, type RestCall, type RestReply, type Route } from "../http/messages";
import { describeObject, describeSummary } from "../model/describe";

/** Describe of the org, of one object, and the object's basic information. */
export const describeRoutes: Route[] = [
  { method: "GET", pattern: /^\/sobjects\/?$/, handle: describeGlobal, composable: true },
  { method: "GET", pattern: /^\/sobjects\/([^/]+)\/describe\/?$/, handle: describe, composable: true },
  { method: "GET", pattern: /^\/sobjects\/([^/]+)$/, handle: basicInformation, composable: true },
];

function describeGlobal({ schema, request }: RestCall): RestReply {
  const sobjects = schema.objects
    .map((object) => describeSummary(object, versionPath(request.version)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return { status: 200, body: { encoding: "UTF-8", maxBatchSize: 200, sobjects } };
}

function describe({ org, schema, request }: RestCall, [name = ""]: readonly string[]): RestReply {
  const object = objectInPath(schema, name);
  const recordTypeIds = org.setup.recordTypeIds;
  return {
    status: 200,
    body: describeObject(object, versionPath(request.version), request.origin, recordTypeIds),
  };
}

function basicInformation({ schema, request }: RestCall, [name = ""]: readonly string[]): RestReply {
  const object = objectInPath(schema, name);
  return {
    status: 200,
    body: { objectDescribe: describeSummary(object, versionPath(request.version)), recentItems: [] },
  };
}
