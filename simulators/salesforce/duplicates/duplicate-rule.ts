import type { Row } from "../model/types";

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

/**
 * A comparison of a rule in force. It keeps of its field only what no deployment changes, so that it stays right when
 * the field becomes longer or gets another label.
 */
export interface Match extends StoredMatch {
  isPhone: boolean;
}

/**
 * The text that two rows share when they match; undefined when the row has an empty value and so matches nothing.
 */
export function matchKey(matches: readonly Match[], row: Row): string | undefined {
  const parts: string[] = [];
  for (const { field, method, isPhone, matchBlank } of matches) {
    const part = normalised(String(row[field] ?? ""), method, isPhone);
    if (part === "" && !matchBlank) return undefined;
    parts.push(part);
  }
  return parts.join("\u0000");
}

function normalised(text: string, method: StoredMatch["method"], isPhone: boolean): string {
  const plain = text.trim().toLowerCase();
  if (method === "exact") return plain;
  if (isPhone) return plain.replace(/\D/g, "");
  return plain
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]/gu, "");
}
