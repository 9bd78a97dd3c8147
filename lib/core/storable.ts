/**
 * The text as PostgreSQL can store it in jsonb, which refuses NUL characters and halves of surrogate pairs (PostgreSQL
 * manual §8.14): the former are left out, the latter become U+FFFD. All other text comes back as it is.
 */
export function storableText(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}
