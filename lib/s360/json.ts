/**
 * Reading JSON without losing a digit: S-360's ids go beyond 2^53 (s360.md §2.3), so integers that a JavaScript number
 * cannot hold become text before parsing.
 */

/** How deep an item may nest; S-360's own bodies stay under ten. */
const maxDepth = 64;

/** Parses JSON; integers of 16 digits and more that are not safe become strings. Throws SyntaxError. */
export function parseExact(text: string): unknown {
  const exact = /\d{16}/.test(text) ? quoteUnsafeIntegers(text) : text;
  return JSON.parse(exact);
}

function quoteUnsafeIntegers(text: string): string {
  // Strings are matched first so that digits inside them are passed over.
  return text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs, (token) =>
    /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
  );
}

/**
 * The texts of the items of a JSON array, or the text itself as the only item of a bare object. The text must be valid
 * JSON (JSON.parse has accepted it); the scan only has to find commas of the outermost array.
 */
export function splitItems(text: string): string[] {
  const start = text.search(/\S/);
  if (text[start] !== "[") return [text.trim()];
  const items: string[] = [];
  let depth = 0;
  let inString = false;
  let itemStart = start + 1;
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === 0x5c) i++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x5b || code === 0x7b) depth++;
    else if (code === 0x5d || code === 0x7d) {
      depth--;
      if (depth === 0) {
        const last = text.slice(itemStart, i).trim();
        if (last !== "") items.push(last);
        return items;
      }
    } else if (code === 0x2c && depth === 1) {
      items.push(text.slice(itemStart, i).trim());
      itemStart = i + 1;
    }
  }
  return items;
}

export interface Cleaned {
  readonly value: unknown;
  readonly note: string | null;
}

/**
 * Makes a parsed value storable as jsonb: NUL characters and halves of surrogate pairs are what PostgreSQL refuses
 * (PostgreSQL manual §8.14). What was removed is told in the note. Throws RangeError when nested too deeply.
 */
export function cleanForStorage(value: unknown): Cleaned {
  let nuls = 0;
  let halves = 0;
  let unreadable = 0;
  const cleanText = (text: string): string => {
    let result = text;
    if (result.includes("\0")) {
      const parts = result.split("\0");
      nuls += parts.length - 1;
      result = parts.join("");
    }
    if (result.includes("\ufffd")) unreadable++;
    if (!result.isWellFormed()) {
      halves++;
      result = result.toWellFormed();
    }
    return result;
  };
  const walk = (node: unknown, depth: number): unknown => {
    if (depth > maxDepth) throw new RangeError(`nested more than ${maxDepth} levels deep`);
    if (typeof node === "string") return cleanText(node);
    // Beyond what a number can hold: jsonb would make it null, and null clears a field.
    if (typeof node === "number" && !Number.isFinite(node)) return String(node);
    if (Array.isArray(node)) return node.map((entry) => walk(entry, depth + 1));
    if (node === null || typeof node !== "object") return node;
    // fromEntries defines own properties, so a "__proto__" key stays a harmless key.
    return Object.fromEntries(
      Object.entries(node).map(([key, entry]) => [cleanText(key), walk(entry, depth + 1)]),
    );
  };
  const cleaned = walk(value, 0);
  const notes = [
    nuls > 0 ? `${nuls} NUL character${nuls === 1 ? "" : "s"} removed` : "",
    unreadable > 0
      ? `${unreadable} text${unreadable === 1 ? "" : "s"} with characters that could not be read`
      : "",
    halves > 0 ? `${halves} text${halves === 1 ? "" : "s"} with broken characters repaired` : "",
  ].filter((note) => note !== "");
  return { value: cleaned, note: notes.length > 0 ? notes.join("; ") : null };
}
