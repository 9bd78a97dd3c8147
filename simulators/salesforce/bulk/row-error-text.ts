import type { RowError } from "../http/errors";

/**
 * Errors of a record as `sf__Error` has them: `CODE:message:Field,Other --`, and `CODE:message:--` without fields
 * (Bulk API guide, "Get Batch Results", and recorded results).
 */
export function errorText(errors: readonly RowError[]): string {
  return errors
    .map(({ statusCode, message, fields }) => {
      const names = fields.length > 0 ? `${fields.join(",")} ` : "";
      return `${statusCode}:${message}:${names}--`;
    })
    .join(";");
}
