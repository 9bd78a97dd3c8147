import { objectInPath } from "./find-object";
import { notFound } from "../http/errors";
import type { RestCall, RestReply, Route } from "../http/messages";

/**
 * Actions and approvals, which this org has none of: empty lists, and 404 for any that is named (REST API guide,
 * "Quick Actions", "sObject Approval Layouts", "sObject Named Layouts").
 */
export const quickActionRoutes: Route[] = [
  {
    method: "GET",
    pattern: /^\/quickActions\/?$/,
    handle: () => ({ status: 200, body: [] }),
    composable: true,
  },
  { method: "GET", pattern: /^\/sobjects\/([^/]+)\/quickActions\/?$/, handle: ofObject, composable: true },
  {
    method: "GET",
    pattern: /^\/sobjects\/([^/]+)\/describe\/approvalLayouts\/?$/,
    handle: approvalLayouts,
    composable: true,
  },
  ...["GET", "POST", "PATCH", "DELETE"].map((method) => ({
    method,
    pattern:
      /^\/sobjects\/[^/]+\/(?:quickActions|describe\/(?:approvalLayouts|namedLayouts))\/[^/]+(?:\/.*)?$/,
    handle: (): RestReply => {
      throw notFound();
    },
  })),
];

function ofObject({ schema }: RestCall, [name = ""]: readonly string[]): RestReply {
  objectInPath(schema, name);
  return { status: 200, body: [] };
}

function approvalLayouts({ schema }: RestCall, [name = ""]: readonly string[]): RestReply {
  objectInPath(schema, name);
  return { status: 200, body: { approvalLayouts: [] } };
}
