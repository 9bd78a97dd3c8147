import { ApiError } from "./errors";
import { LAST_FORMAT_SUFFIX } from "../resources/version-changes";

const KEY_VALUE = /^\/sobjects\/[^/]+\/[^/]+\/[^/]+$/;

/**
 * Only JSON is answered, and CSV by Bulk API jobs.
 * @throws ApiError 406 when `Accept` or the suffix `.xml` asks for nothing that can be answered
 */
export function refuseOtherFormats(path: string, accept: string | undefined, version: number): void {
  if (hasSuffix(path, ".xml", version)) throw notAcceptable("application/xml");
  if (accept === undefined || accept.trim() === "") return;
  const isJob = path.startsWith("/jobs/");
  const isTaken = accept.split(",").some((part) => {
    const type = (part.split(";")[0] ?? "").trim().toLowerCase();
    return /^(?:\*\/\*|application\/(?:\*|json))$/.test(type) || (isJob && /^text\/(?:\*|csv)$/.test(type));
  });
  if (!isTaken) throw notAcceptable(accept);
}

/** Up to 57.0 the format may be a suffix of the resource; later the suffix belongs to its name. */
export function withoutJsonSuffix(path: string, version: number): string {
  return hasSuffix(path, ".json", version) ? path.slice(0, -".json".length) : path;
}

/** Values of external ids may end as a format does. */
function hasSuffix(path: string, suffix: string, version: number): boolean {
  return version <= LAST_FORMAT_SUFFIX && path.endsWith(suffix) && !KEY_VALUE.test(path);
}

function notAcceptable(format: string): ApiError {
  return new ApiError(406, "NOT_ACCEPTABLE", `The simulated org answers JSON only, not ${format}`);
}
