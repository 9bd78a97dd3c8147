/** Where a text stops being JSON, and what the parser has to say of it. */
interface Problem {
  offset: number;
  words: string;
}

interface Reading {
  /** What may stand at the position. */
  expects: "value" | "firstItem" | "firstName" | "name" | "colon" | "separator";
  /** The objects and arrays that are open, by where they began. */
  open: { isObject: boolean; start: number }[];
}

/**
 * Says why a text is no JSON in the words of Jackson, the parser whose messages Salesforce passes on (recorded:
 * "Unexpected character ('}' (code 125)): was expecting double-quote to start field name at [line:1, column:13]").
 * @returns undefined for JSON
 */
export function syntaxProblem(text: string): string | undefined {
  const problem = firstProblem(text);
  return problem && `${problem.words} at ${placeOf(text, problem.offset)}`;
}

const SPACE = /[ \t\r\n]*/y;
const NOT_PLAIN = /["\\\u0000-\u001f]/g;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{L}\p{N}_$]+/uy;
const VALUES = "expected a valid value (number, String, array, object, 'true', 'false' or 'null')";

function firstProblem(text: string): Problem | undefined {
  const reading: Reading = { expects: "value", open: [] };
  let offset = lengthOf(SPACE, text, 0);
  while (offset < text.length) {
    const next = step(text, offset, reading);
    if (typeof next !== "number") return next;
    offset = next + lengthOf(SPACE, text, next);
  }
  const [innermost] = reading.open.slice(-1);
  if (!innermost && reading.expects === "separator") return undefined;
  const closes = innermost
    ? `: expected close marker for ${innermost.isObject ? "OBJECT" : "ARRAY"} (from ${placeOf(text, innermost.start)})`
    : "";
  return { offset: text.length, words: `Unexpected end-of-input${closes}` };
}

/** Reads what stands at the position: the position after it, or why it may not stand there. */
function step(text: string, offset: number, reading: Reading): number | Problem {
  const character = text[offset] ?? "";
  const innermost = reading.open.at(-1);
  switch (reading.expects) {
    case "firstName":
    case "name":
      if (character === "}" && reading.expects === "firstName") return close(text, offset, reading);
      if (character !== '"')
        return unexpected(text, offset, "was expecting double-quote to start field name");
      reading.expects = "colon";
      return readString(text, offset);
    case "colon":
      if (character !== ":") {
        return unexpected(text, offset, "was expecting a colon to separate field name and value");
      }
      reading.expects = "value";
      return offset + 1;
    case "separator":
      if (!innermost) return unexpected(text, offset, "was expecting the end of the body");
      if (character === "}" || character === "]") return close(text, offset, reading);
      if (character !== ",") {
        const entries = innermost.isObject ? "OBJECT" : "ARRAY";
        return unexpected(text, offset, `was expecting comma to separate ${entries} entries`);
      }
      reading.expects = innermost.isObject ? "name" : "value";
      return offset + 1;
    case "firstItem":
      return character === "]" ? close(text, offset, reading) : readValue(text, offset, reading);
    case "value":
      return readValue(text, offset, reading);
  }
}

function readValue(text: string, offset: number, reading: Reading): number | Problem {
  const character = text[offset] ?? "";
  if (character === "{" || character === "[") {
    reading.open.push({ isObject: character === "{", start: offset });
    reading.expects = character === "{" ? "firstName" : "firstItem";
    return offset + 1;
  }
  reading.expects = "separator";
  if (character === '"') return readString(text, offset);
  if (/[-\d]/.test(character)) return readNumber(text, offset);
  const word = text.slice(offset, offset + lengthOf(WORD, text, offset));
  if (word === "true" || word === "false" || word === "null") return offset + word.length;
  if (!/^[tfnN]/.test(word)) return unexpected(text, offset, VALUES);
  return { offset, words: `Unrecognized token '${word}': was expecting 'null', 'true', 'false' or NaN` };
}

function close(text: string, offset: number, reading: Reading): number | Problem {
  const innermost = reading.open.pop();
  const expected = innermost?.isObject ? "}" : "]";
  if (innermost && text[offset] !== expected) {
    const kind = innermost.isObject ? "OBJECT" : "ARRAY";
    const words = `Unexpected close marker '${text[offset] ?? ""}': expected '${expected}' (for ${kind} starting at ${placeOf(text, innermost.start)})`;
    return { offset, words };
  }
  reading.expects = "separator";
  return offset + 1;
}

function readString(text: string, start: number): number | Problem {
  const end = endOfString(text, start + 1);
  const character = text[end];
  if (character === '"') return end + 1;
  if (character === undefined) {
    return { offset: end, words: "Unexpected end-of-input: was expecting closing quote for a string value" };
  }
  if (character !== "\\") {
    const code = character.charCodeAt(0);
    const words = `Illegal unquoted character ((CTRL-CHAR, code ${code})): has to be escaped using backslash to be included in string value`;
    return { offset: end, words };
  }
  const escaped = text[end + 1];
  if (escaped === undefined) {
    return { offset: end + 1, words: "Unexpected end-of-input in character escape sequence" };
  }
  return escaped === "u"
    ? unexpected(text, end + 1, "expected a hex-digit for character escape sequence")
    : { offset: end + 1, words: `Unrecognized character escape ${shown(escaped)}` };
}

/** Where the quote stands that closes the string, or what no string may hold. */
function endOfString(text: string, start: number): number {
  NOT_PLAIN.lastIndex = start;
  for (let found = NOT_PLAIN.exec(text); found; found = NOT_PLAIN.exec(text)) {
    const length = lengthOf(ESCAPE, text, found.index);
    if (length === 0) return found.index;
    NOT_PLAIN.lastIndex = found.index + length;
  }
  return text.length;
}

function readNumber(text: string, offset: number): number | Problem {
  const end = offset + lengthOf(NUMBER, text, offset);
  const character = text[end];
  if (end > offset && (character === undefined || !/[\d.eE]/.test(character))) return end;
  if (character === undefined) return { offset: end, words: "Unexpected end-of-input in a numeric value" };
  if (end > offset && /\d/.test(character)) {
    return { offset: end, words: "Invalid numeric value: Leading zeroes not allowed" };
  }
  return unexpected(text, end, "expected digit (0-9) in a numeric value");
}

function unexpected(text: string, offset: number, comment: string): Problem {
  return { offset, words: `Unexpected character (${shown(text[offset] ?? "")}): ${comment}` };
}

function shown(character: string): string {
  return `'${character}' (code ${character.charCodeAt(0)})`;
}

function lengthOf(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0].length ?? 0;
}

function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split("\n");
  return `[line:${before.length}, column:${(before.at(-1)?.length ?? 0) + 1}]`;
}
