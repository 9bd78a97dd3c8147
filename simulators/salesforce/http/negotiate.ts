import { ApiError } from "./errors";

const KEY_VALUE = /^\/sobjects\/[^/]+\/[^/]+\/[^/]+$/;

/**
 * Only JSON is answered, and CSV by Bulk API jobs.
 * @throws ApiError 406 when `Accept` or the suffix `.xml` asks for nothing that can be answered
 */
export function refuseOtherFormats(path: string, accept: string | undefined): void {
  if (path.endsWith(".xml") && !KEY_VALUE.test(path)) throw notAcceptable("application/xml");
  if (accept === undefined || accept.trim() === "") return;
  const isJob = path.startsWith("/jobs/");
  const isTaken = accept.split(",").some((part) => {
    const type = (part.split(";")[0] ?? "").trim().toLowerCase();
    return /^(?:\*\/\*|application\/(?:\*|json))$/.test(type) || (isJob && /^text\/(?:\*|csv)$/.test(type));
  });
  if (!isTaken) throw notAcceptable(accept);
}

/** Salesforce also takes the format as a suffix of the resource; values of external ids may end the same way. */
export function withoutJsonSuffix(path: string): string {
  return path.endsWith(".json") && !KEY_VALUE.test(path) ? path.slice(0, -".json".length) : path;
}

function notAcceptable(format: string): ApiError {
  return new ApiError(406, "NOT_ACCEPTABLE", `The simulated org answers JSON only, not ${format}`);
}
