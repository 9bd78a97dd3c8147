import { ControlError } from "./errors";
import { textOf, type ControlRequest, type ControlRoute } from "./request";

/** `/__control/delete-log`: the log of deletions that getDeleted reads, as Salesforce purges it when it grows too long. */
export const deleteLogRoutes: ControlRoute[] = [
  { method: "POST", path: "/delete-log", takes: ["knownSince"], handle: purge },
];

/** `{knownSince}`: deletions before this moment are no longer known; `/deleted` refuses windows that begin earlier. */
function purge({ holder, body }: ControlRequest): unknown {
  const knownSince = new Date(textOf(body, "knownSince"));
  if (Number.isNaN(knownSince.getTime())) throw new ControlError('"knownSince" must be a date and time.');
  holder.org.deleteLog.knownSince = knownSince;
  return { knownSince: knownSince.toISOString() };
}
