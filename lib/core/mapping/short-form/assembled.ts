/** What stands between the + of a line, put together. */
import type { ShortForm, ShortValue } from "./form";

export type Item = { readonly text: string } | { readonly value: ShortValue };

/** Texts between values are separators, those at the ends stand around them; without a text there is a space. */
export function assembled(items: readonly Item[]): ShortForm {
  const values: ShortValue[] = [];
  const separators: string[] = [];
  let before = "";
  let gap: string | null = null;
  for (const item of items) {
    if ("text" in item) {
      if (values.length === 0) before += item.text;
      else gap = (gap ?? "") + item.text;
      continue;
    }
    if (values.length > 0) separators.push(gap ?? " ");
    gap = null;
    values.push(item.value);
  }
  if (values.length === 0) return { form: "constant", value: before };
  return { form: "values", before, values, separators, after: gap ?? "" };
}
