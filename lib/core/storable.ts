/** Whether jsonb takes the text as it is: PostgreSQL refuses NUL characters and halves of surrogate pairs (manual §8.14). */
export function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

/** The same for every text and name within a JSON value. */
export function isStorableJson(value: unknown): boolean {
  // JSON writes what jsonb refuses as an escape of its own, and a backslash of the text as two.
  return !/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i.test(JSON.stringify(value) ?? "");
}

/**
 * The text as PostgreSQL can store it in jsonb, which refuses NUL characters and halves of surrogate pairs (PostgreSQL
 * manual §8.14): the former are left out, the latter become U+FFFD. All other text comes back as it is.
 */
export function storableText(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}
