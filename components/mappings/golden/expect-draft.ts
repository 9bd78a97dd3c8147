/** What is typed of a golden sample's expectation: only what differs from what is stored is sent. */
import type { GoldenField, GoldenResult } from "@/lib/core/mapping/golden/golden";
import type { GoldenEdit, GoldenEdits } from "@/lib/core/mapping/golden/golden-edit";

export interface FieldDraft {
  readonly must: Exclude<GoldenEdit["must"], "be-as-now">;
  /** The value, or what is said of it. */
  readonly text: string;
}

export interface ExpectDraft {
  readonly standing?: Exclude<GoldenEdits["standing"], "as-now">;
  /** Those that were touched. */
  readonly fields: Readonly<Record<string, FieldDraft>>;
}

export const nothingTyped: ExpectDraft = { fields: {} };

/** A stored expectation as it stands in the form. */
function storedDraft({ fields, open }: GoldenResult, name: string): FieldDraft {
  return open?.includes(name) ? { must: "be-anything", text: "" } : fieldDraft(fields[name]);
}

export function fieldDraft(field: GoldenField | null | undefined): FieldDraft {
  if (!field) return { must: "stay", text: "" };
  if ("problem" in field) return { must: "be-refused", text: field.byHand ? field.problem : "" };
  return field.value === null ? { must: "be-empty", text: "" } : { must: "be", text: String(field.value) };
}

/** How a field stands in the form: as typed, else as stored. */
export function shownDraft(expected: GoldenResult, draft: ExpectDraft, name: string): FieldDraft {
  return draft.fields[name] ?? storedDraft(expected, name);
}

/** What is to be sent; null while nothing differs from what is stored. */
export function editsOf(expected: GoldenResult, draft: ExpectDraft): GoldenEdits | null {
  const fields = Object.entries(draft.fields).filter(([name, typed]) => {
    const stored = storedDraft(expected, name);
    return typed.must !== stored.must || (needsText(typed) && typed.text !== stored.text);
  });
  const standing = draft.standing === expected.standing ? undefined : draft.standing;
  if (fields.length === 0 && standing === undefined) return null;
  return {
    ...(standing && { standing }),
    fields: Object.fromEntries(fields.map(([name, typed]) => [name, editOf(typed)])),
  };
}

export function needsText({ must }: Pick<FieldDraft, "must">): boolean {
  return must === "be" || must === "be-refused";
}

function editOf({ must, text }: FieldDraft): GoldenEdit {
  if (must === "be") return { must, value: text };
  return must === "be-refused" ? { must, saying: text } : { must };
}
