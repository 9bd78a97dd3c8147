/**
 * Whether a text matches a LIKE pattern: `%` any run, `_` one character, `\%` and `\_` themselves, no case.
 * Runs in the product of both lengths at worst, so no pattern can stall the org.
 */
export function likeMatcher(pattern: string): (text: string) => boolean {
  const parts = patternParts(pattern.toLowerCase());
  return (text) => matches(parts, text.toLowerCase());
}

type Part = { kind: "any" } | { kind: "one" } | { kind: "character"; character: string };

function patternParts(pattern: string): Part[] {
  const parts: Part[] = [];
  for (let position = 0; position < pattern.length; position++) {
    const character = pattern.charAt(position);
    if (character === "\\" && position + 1 < pattern.length) {
      position += 1;
      parts.push({ kind: "character", character: pattern.charAt(position) });
    } else if (character === "%") parts.push({ kind: "any" });
    else if (character === "_") parts.push({ kind: "one" });
    else parts.push({ kind: "character", character });
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
