import type { Column } from "./columns";
import { readCell } from "./text-values";
import { rowError, type RowError } from "../http/errors";
import type { ParsedRow } from "../write/parse-row";

/**
 * One record of the data as a row to save: empty cells say nothing, `#N/A` empties the field.
 * @returns the row, or why it cannot be read (recorded: "Failed to deserialize field at col 3. Due to, …")
 */
export function readRow(columns: readonly Column[], cells: readonly string[]): ParsedRow | RowError {
  if (cells.length !== columns.length) {
    return rowError(
      "INVALID_FIELD",
      `Failed to deserialize record. It has ${cells.length} columns, but the header has ${columns.length}`,
    );
  }
  const parsed: ParsedRow = { values: new Map(), parentKeys: [], id: undefined };
  for (const [position, column] of columns.entries()) {
    const text = cells[position] ?? "";
    const error = text === "" ? undefined : readInto(parsed, column, text, position);
    if (error) return error;
  }
  return parsed;
}

function readInto(parsed: ParsedRow, column: Column, text: string, position: number): RowError | undefined {
  const { field } = column;
  if (column.kind === "parent") {
    const { relationshipName, parent, parentField } = column;
    if (text === "#N/A") parsed.values.set(field, null);
    else if (parentField.type === "id") parsed.values.set(field, text);
    else parsed.parentKeys.push({ field, relationshipName, parent, parentField, value: text });
    return undefined;
  }
  if (field.type === "id") {
    if (text !== "#N/A") parsed.id = text.trim();
    return undefined;
  }
  const cell = readCell(field, text);
  if ("value" in cell) {
    parsed.values.set(field, cell.value);
    return undefined;
  }
  return rowError(
    "INVALID_FIELD",
    `Failed to deserialize field at col ${position}. Due to, '${text}' is not a valid value for the type ${cell.wrongType}`,
    [field.name],
  );
}
