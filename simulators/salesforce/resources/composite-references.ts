import { isJsonObject } from "./json-body";
import { ApiError } from "../http/errors";

const REFERENCE = /@\{([^}]*)\}/g;
const STEP = /\.?([A-Za-z0-9_]+)|\[(\d+)\]/g;

/** Bodies of the subrequests answered so far, by referenceId (case-sensitive). */
export type Answers = ReadonlyMap<string, unknown>;

/**
 * Replaces `@{refAccount.id}` and `@{refs[0].id}` in every text of a value.
 * @throws ApiError PROCESSING_HALTED when the answer has no such value (Composite guide, "Reference ID")
 */
export function fillReferences(value: unknown, answers: Answers): unknown {
  if (typeof value === "string") {
    return value.replaceAll(REFERENCE, (_, path: string) => String(referenced(path, answers)));
  }
  if (Array.isArray(value)) return value.map((item: unknown) => fillReferences(item, answers));
  if (isJsonObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, fillReferences(item, answers)]),
    );
  }
  return value;
}

function referenced(path: string, answers: Answers): unknown {
  const [name = "", ...steps] = [...path.matchAll(STEP)].map((match) => match[1] ?? match[2] ?? "");
  let current: unknown = answers.get(name);
  for (const step of steps) {
    if (Array.isArray(current)) current = (current as unknown[])[Number(step)];
    else current = isJsonObject(current) ? current[step] : undefined;
  }
  if (current === undefined || current === null || typeof current === "object") {
    throw new ApiError(
      400,
      "PROCESSING_HALTED",
      `Invalid reference specified. No value for ${path} found in ${name}`,
    );
  }
  return current;
}
