import { referenceIdRule } from "./composite-request";
import { isJsonObject } from "./json-body";
import { STRICT_REFERENCES } from "./version-changes";
import { ApiError } from "../http/errors";

const REFERENCES = /@\{([^}]*)\}/g;
const WHOLE_REFERENCE = /^@\{([^}]*)\}$/;
const PATH = /^[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+|\[\d+\])*$/;
const STEP = /\.?([A-Za-z0-9_]+)|\[(\d+)\]/g;

/** What subrequests answered so far, and how the version of the call reads references to it. */
export interface Answers {
  version: number;
  /** Bodies by referenceId, case-sensitive. */
  bodies: Map<string, unknown>;
}

/**
 * Replaces `@{refAccount.id}` and `@{refs[0].id}` in every text of a value. A text that is nothing but a reference takes
 * the type of what it refers to, so that numbers stay numbers.
 * @throws ApiError PROCESSING_HALTED when the answer has no such value (Composite guide, "Reference ID")
 */
export function fillReferences(value: unknown, answers: Answers): unknown {
  if (typeof value === "string") {
    const whole = WHOLE_REFERENCE.exec(value)?.[1];
    return whole === undefined ? fillText(value, answers) : referenced(whole, answers);
  }
  if (Array.isArray(value)) return value.map((item: unknown) => fillReferences(item, answers));
  if (isJsonObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, fillReferences(item, answers)]),
    );
  }
  return value;
}

/** Replaces references inside a text; `encode` for URLs. */
export function fillText(
  text: string,
  answers: Answers,
  encode: (value: string) => string = (value) => value,
): string {
  return text.replaceAll(REFERENCES, (_, path: string) => encode(String(referenced(path, answers) ?? "")));
}

function referenced(path: string, answers: Answers): unknown {
  const [name = "", ...steps] = [...path.matchAll(STEP)].map((match) => match[1] ?? match[2] ?? "");
  let current: unknown = PATH.test(path) ? answers.bodies.get(name) : undefined;
  for (const step of steps) {
    if (Array.isArray(current)) current = (current as unknown[])[Number(step)];
    else current = isJsonObject(current) && Object.hasOwn(current, step) ? current[step] : undefined;
  }
  const isNullRefused = current === null && answers.version < STRICT_REFERENCES;
  if (current === undefined || isNullRefused || (typeof current === "object" && current !== null)) {
    throw new ApiError(
      400,
      "PROCESSING_HALTED",
      `Invalid reference specified. No value for ${path} found in ${name}. ${referenceIdRule(path)}`,
    );
  }
  return current;
}
