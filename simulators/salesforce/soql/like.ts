import { unescapeSoql } from "./quoted-text";

/**
 * Whether a text matches a LIKE pattern: `%` any run, `_` one character, no case. An escape is always the character it
 * means, never a wildcard.
 * Runs in the product of both lengths at worst, so no pattern can stall the org.
 * @param pattern as it stands between the quotes of the query, its escapes not yet resolved
 */
export function likeMatcher(pattern: string): (text: string) => boolean {
  const parts = patternParts(pattern);
  return (text) => matches(parts, text.toLowerCase());
}

type Part = { kind: "any" } | { kind: "one" } | { kind: "character"; character: string };

function patternParts(pattern: string): Part[] {
  const parts: Part[] = [];
  for (const [piece] of pattern.matchAll(/[%_]|(?:[^%_\\]|\\[^])+/g)) {
    if (piece === "%") parts.push({ kind: "any" });
    else if (piece === "_") parts.push({ kind: "one" });
    else {
      for (const character of unescapeSoql(piece).toLowerCase().split("")) {
        parts.push({ kind: "character", character });
      }
    }
  }
  return parts;
}

function matches(parts: readonly Part[], text: string): boolean {
  let at = 0;
  let part = 0;
  let lastAny = -1;
  let retryAt = 0;
  while (at < text.length) {
    const current = parts[part];
    if (current?.kind === "any") {
      lastAny = part;
      retryAt = at;
      part += 1;
    } else if (current && (current.kind === "one" || current.character === text.charAt(at))) {
      part += 1;
      at += 1;
    } else if (lastAny >= 0) {
      part = lastAny + 1;
      retryAt += 1;
      at = retryAt;
    } else return false;
  }
  while (parts[part]?.kind === "any") part += 1;
  return part === parts.length;
}
