/** Texts that stand there more than once, by the form in which two are the same. */
export function repeated(texts: readonly (string | undefined)[]): Set<string> {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const text of texts) {
    if (text === undefined) continue;
    if (seen.has(text)) again.add(text);
    seen.add(text);
  }
  return again;
}
