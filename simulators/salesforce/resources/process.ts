import { ApiError } from "../http/errors";
import type { Route } from "../http/messages";

/**
 * Workflow rules and approval processes (REST API guide, "Process Rules", "Process Approvals"): this org has none, so
 * the lists are empty and nothing can be submitted.
 */
export const processRoutes: Route[] = [
  { method: "GET", pattern: /^\/process\/rules\/?$/, handle: () => ({ status: 200, body: { rules: {} } }) },
  {
    method: "GET",
    pattern: /^\/process\/approvals\/?$/,
    handle: () => ({ status: 200, body: { approvals: {} } }),
  },
  {
    method: "POST",
    pattern: /^\/process\/approvals\/?$/,
    handle: () => {
      throw new ApiError(400, "NO_APPLICABLE_PROCESS", "No applicable approval process was found.");
    },
  },
];
