import { RECORD_COUNT } from "./version-changes";
import type { RestCall, RestReply, Route } from "../http/messages";

/** `/limits/recordCount?sObjects=Account,Contact` (REST API guide, "Record Count"). */
export const recordCountRoutes: Route[] = [
  {
    method: "GET",
    pattern: /^\/limits\/recordCount\/?$/,
    handle: recordCount,
    since: RECORD_COUNT,
    composable: true,
  },
];

/** Live records by object: those asked for, or all. Unknown names are left out; deleted records do not count. */
function recordCount({ org, schema, request }: RestCall): RestReply {
  const asked = request.query.get("sObjects");
  const objects =
    asked === null ? schema.objects : asked.split(",").flatMap((name) => schema.find(name.trim()) ?? []);
  const sObjects = [...new Set(objects)].map((object) => ({
    count: org.store.table(object).countLive,
    name: object.name,
  }));
  return { status: 200, body: { sObjects } };
}
