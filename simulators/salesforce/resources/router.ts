import { ApiError, methodNotAllowed, notFound } from "../http/errors";
import type { RestCall, RestReply, RestRequest, Route } from "../http/messages";

export interface FoundRoute {
  route: Route;
  parameters: string[];
}

/** The route of a request; undefined when no resource has this path. @throws ApiError 405 */
export function findRoute(
  routes: readonly Route[],
  request: Pick<RestRequest, "method" | "path">,
): FoundRoute | undefined {
  const allowed: string[] = [];
  for (const route of routes) {
    const match = route.pattern.exec(request.path);
    if (!match) continue;
    if (route.method === request.method) {
      return { route, parameters: match.slice(1).map((part) => decode(part)) };
    }
    allowed.push(route.method);
  }
  if (allowed.length === 0) return undefined;
  throw methodNotAllowed(request.method, allowed);
}

/** Runs a route; refusals become replies. */
export function answer(call: RestCall, { route, parameters }: FoundRoute): RestReply {
  try {
    return route.handle(call, parameters);
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, body: error.body };
    throw error;
  }
}

/** Whether a subrequest counts to Composite's five queries or Collections. */
export function isHeavy(routes: readonly Route[], method: string, url: string): boolean {
  const path = (url.split("?")[0] ?? "").replace(/^\/services\/data\/v\d+\.0/, "");
  return routes.some((route) => route.heavy && route.method === method && route.pattern.test(path));
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw notFound();
  }
}
