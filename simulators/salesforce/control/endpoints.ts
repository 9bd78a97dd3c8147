import { automationRoutes } from "./automations";
import { deleteLogRoutes } from "./delete-log";
import { duplicateRuleRoutes } from "./duplicate-rules";
import { ControlError } from "./errors";
import { faultRoutes } from "./faults";
import { mergeRoutes } from "./merge";
import { orgRoutes } from "./org";
import { permissionRoutes } from "./permissions";
import { recordRoutes } from "./records";
import { recycleBinRoutes } from "./recycle-bin";
import { refuseOtherNames, type ControlRoute } from "./request";
import { validationRuleRoutes } from "./validation-rules";
import { depthProblem } from "../http/json-depth";
import type { OrgHolder } from "../org/org-holder";
import { inTransaction } from "../org/transaction";

const ROUTES: readonly ControlRoute[] = [
  ...orgRoutes,
  ...recordRoutes,
  ...faultRoutes,
  ...validationRuleRoutes,
  ...automationRoutes,
  ...duplicateRuleRoutes,
  ...mergeRoutes,
  ...recycleBinRoutes,
  ...deleteLogRoutes,
  ...permissionRoutes,
];

export const CONTROL_PREFIX = "/__control";

/** Answers a request below `/__control`, the simulator's own door for tests and the demo. */
export function answerControl(
  holder: OrgHolder,
  method: string,
  path: string,
  query: URLSearchParams,
  bodyText: string,
): { status: number; body: unknown } {
  const below = path.slice(CONTROL_PREFIX.length);
  const route = ROUTES.find((candidate) => candidate.path === below && candidate.method === method);
  if (!route) {
    const known = [
      ...new Set(ROUTES.map((candidate) => `${candidate.method} ${CONTROL_PREFIX}${candidate.path}`)),
    ];
    return { status: 404, body: { error: `There is no ${method} ${path}.`, known } };
  }
  try {
    const request = { holder, query, body: readBody(bodyText) };
    if (route.takes) refuseOtherNames(request.body, route.takes);
    const body = inTransaction(holder.org, () => route.handle(request));
    if (method !== "GET") holder.org.onSettings();
    return { status: 200, body };
  } catch (error) {
    if (error instanceof ControlError) return { status: 400, body: { error: error.message } };
    throw error;
  }
}

function readBody(text: string): Readonly<Record<string, unknown>> {
  if (text.trim() === "") return {};
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new ControlError("The body is not JSON.");
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new ControlError("The body must be a JSON object.");
  }
  const problem = depthProblem(body);
  if (problem !== undefined) throw new ControlError(problem);
  return { ...body };
}
