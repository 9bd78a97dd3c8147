import type { QueryContext } from "./context";
import { errorAt, plainError } from "./errors";
import type { FunctionCall } from "./functions";
import type { FieldModel } from "../model/types";

const FIRST_VERSION = 51;
const MAX_UNBOUNDED_ROWS = 200;

/**
 * The fields of `FIELDS(ALL)`, `FIELDS(STANDARD)` or `FIELDS(CUSTOM)` (SOQL reference, "FIELDS()").
 * @param isAlone whether nothing else is selected
 * @throws ApiError MALFORMED_QUERY without a small LIMIT, or when there is no such field
 */
export function fieldsFunction(
  { object, version, source }: QueryContext,
  { argument }: FunctionCall,
  isAlone: boolean,
  limit: number | undefined,
): FieldModel[] {
  const group = String(argument).toUpperCase();
  if (version < FIRST_VERSION) {
    throw errorAt(
      "MALFORMED_QUERY",
      source.text,
      source.find("FIELDS", "SELECT"),
      "unexpected token: 'FIELDS'",
    );
  }
  if (group !== "STANDARD" && (limit === undefined || limit > MAX_UNBOUNDED_ROWS)) {
    throw plainError("MALFORMED_QUERY", "The SOQL FIELDS function must have a LIMIT of at most 200");
  }
  const fields = object.model.fields.filter(
    (field) => group === "ALL" || field.custom === (group === "CUSTOM"),
  );
  if (fields.length === 0 && isAlone) {
    throw plainError(
      "MALFORMED_QUERY",
      "'FIELDS(...)' expansion function must result in at least one field being selected.",
    );
  }
  return fields;
}
