import { readLimit, recentItems, shownRecentItem } from "./recent-items";
import type { RestCall, RestReply, Route } from "../http/messages";

const MOST_ITEMS = 200;

/** `/recent?limit=` (REST API guide, "Recently Viewed Items"). */
export const recentRoutes: Route[] = [
  { method: "GET", pattern: /^\/recent\/?$/, handle: recent, composable: true },
];

function recent(call: RestCall): RestReply {
  const limit = readLimit(call.request.query, MOST_ITEMS);
  return {
    status: 200,
    body: recentItems(call)
      .slice(0, limit)
      .map((item) => shownRecentItem(call, item)),
  };
}
