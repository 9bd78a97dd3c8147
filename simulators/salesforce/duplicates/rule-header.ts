import { ApiError } from "../http/errors";

/** Options of `Sforce-Duplicate-Rule-Header`; all are false unless given. */
export interface DuplicateRuleOptions {
  allowSave: boolean;
  includeRecordDetails: boolean;
  runAsCurrentUser: boolean;
}

const NONE: DuplicateRuleOptions = { allowSave: false, includeRecordDetails: false, runAsCurrentUser: false };
const FIRST_VERSION = 52;

/**
 * Reads `allowSave=true; includeRecordDetails=true; runAsCurrentUser=true` (REST API guide, "Duplicate Rule Header").
 * Versions before 52.0 do not know the header.
 * @throws ApiError 400 for anything that is not of this form
 */
export function readDuplicateRuleHeader(header: string | undefined, version: number): DuplicateRuleOptions {
  if (header === undefined || version < FIRST_VERSION) return NONE;
  const options = { ...NONE };
  for (const part of header.split(";")) {
    if (part.trim() === "") continue;
    const [name = "", value = "", ...rest] = part.split("=").map((piece) => piece.trim());
    const option = OPTION_NAMES.find((known) => known.toLowerCase() === name.toLowerCase());
    if (!option || rest.length > 0 || !/^(true|false)$/i.test(value)) throw invalid(header);
    options[option] = value.toLowerCase() === "true";
  }
  return options;
}

const OPTION_NAMES = ["allowSave", "includeRecordDetails", "runAsCurrentUser"] as const;

function invalid(header: string): ApiError {
  return new ApiError(
    400,
    "INVALID_HEADER",
    `The Sforce-Duplicate-Rule-Header header is not valid: ${header}`,
  );
}
