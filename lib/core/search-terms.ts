/**
 * A tsquery over search terms (inbound.ts, Portrait): a term that starts with the whole text, or terms that start with each
 * of its words, in any order.
 */
export function termsQuery(text: string): string {
  const prefix = (part: string) => `'${part.replaceAll("\\", "\\\\").replaceAll("'", "''")}':*`;
  const lower = text.toLowerCase();
  const words = lower.split(" ");
  return words.length === 1 ? prefix(lower) : `${prefix(lower)} | (${words.map(prefix).join(" & ")})`;
}
