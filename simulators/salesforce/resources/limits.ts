import type { RestCall, RestReply, Route } from "../http/messages";

export const limitsRoutes: Route[] = [{ method: "GET", pattern: /^\/limits\/?$/, handle: limits }];

function limits({ org }: RestCall): RestReply {
  const max = org.options.dailyApiRequests;
  return {
    status: 200,
    body: { DailyApiRequests: { Max: max, Remaining: Math.max(0, max - org.stats.apiCalls) } },
  };
}
