import { objectInPath } from "./find-object";
import { notModified } from "./not-modified";
import { recentItems, shownRecentItem } from "./recent-items";
import { versionPath, type RestCall, type RestReply, type Route } from "../http/messages";
import { describeObject, describeSummary } from "../model/describe";

/** Describe of the org, of one object, and the object's basic information. */
export const describeRoutes: Route[] = [
  { method: "GET", pattern: /^\/sobjects\/?$/, handle: describeGlobal, composable: true },
  { method: "GET", pattern: /^\/sobjects\/([^/]+)\/describe\/?$/, handle: describe, composable: true },
  { method: "GET", pattern: /^\/sobjects\/([^/]+)\/?$/, handle: basicInformation, composable: true },
];

function describeGlobal(call: RestCall): RestReply {
  return notModified(call, () => ({
    encoding: "UTF-8",
    maxBatchSize: 200,
    sobjects: call.schema.objects
      .map((object) => describeSummary(object, versionPath(call.request.version)))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  }));
}

function describe(call: RestCall, [name = ""]: readonly string[]): RestReply {
  const { org, request } = call;
  const object = objectInPath(call.schema, name);
  return notModified(call, () =>
    describeObject(object, versionPath(request.version), request.origin, org.setup.recordTypeIds),
  );
}

function basicInformation(call: RestCall, [name = ""]: readonly string[]): RestReply {
  const object = objectInPath(call.schema, name);
  return {
    status: 200,
    body: {
      objectDescribe: describeSummary(object, versionPath(call.request.version)),
      recentItems: recentItems(call, object).map((item) => shownRecentItem(call, item)),
    },
  };
}
