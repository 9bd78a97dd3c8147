import type { FieldModel, Row } from "../model/types";

/** What happens to a row that has matches: it is refused unless the caller insists, refused whatever he says, or saved. */
export type DuplicateAction = "alert" | "block" | "off";

export interface StoredMatch {
  field: string;
  /** `exact` ignores case and outer spaces; `fuzzy` also accents and punctuation, and all but the digits of phones. */
  method: "exact" | "fuzzy";
  /** Two empty values match each other; else an empty value matches nothing. */
  matchBlank: boolean;
}

/** A duplicate rule of the org with its matching rule, as the control endpoint takes it. */
export interface StoredDuplicateRule {
  id: string;
  object: string;
  /** Developer names that errors show. */
  name: string;
  matchingRule: string;
  message: string;
  onCreate: DuplicateAction;
  onEdit: DuplicateAction;
  /** All of them must match. */
  match: StoredMatch[];
}

export interface Match extends Omit<StoredMatch, "field"> {
  field: FieldModel;
}

/**
 * The text that two rows share when they match; undefined when the row has an empty value and so matches nothing.
 */
export function matchKey(matches: readonly Match[], row: Row): string | undefined {
  const parts: string[] = [];
  for (const { field, method, matchBlank } of matches) {
    const part = normalised(String(row[field.name] ?? ""), method, field);
    if (part === "" && !matchBlank) return undefined;
    parts.push(part);
  }
  return parts.join("\u0000");
}

function normalised(text: string, method: StoredMatch["method"], field: FieldModel): string {
  const plain = text.trim().toLowerCase();
  if (method === "exact") return plain;
  if (field.type === "phone") return plain.replace(/\D/g, "");
  return plain
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]/gu, "");
}
