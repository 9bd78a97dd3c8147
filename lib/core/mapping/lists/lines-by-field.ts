/** Lines found by the field they fill, however it is written. */
import type { MappingLine } from "../document";
import { fieldKeysAmong } from "../field-name";
import type { ListField } from "./find-field";

export interface LinesByField {
  /** The same for all names of one field. */
  readonly keyOf: (name: string) => string;
  /** The first line of a field: a draft may have several. */
  readonly lineOf: (name: string) => MappingLine | null;
}

/** `fields`: those of the org, null while it was never asked; `others`: names that are compared with the lines besides. */
export function linesByField(
  lines: readonly MappingLine[],
  fields: readonly ListField[] | null,
  others: readonly string[] = [],
): LinesByField {
  const keyOf = fieldKeysAmong(
    lines.map(({ target }) => target),
    (fields ?? []).map(({ name }) => name),
    others,
  );
  const first = new Map<string, MappingLine>();
  for (const line of lines) if (!first.has(keyOf(line.target))) first.set(keyOf(line.target), line);
  return { keyOf, lineOf: (name) => first.get(keyOf(name)) ?? null };
}
