/** A short form cut into words and signs, each with its place. */
import type { ShortProblem } from "./form";

export interface Token {
  readonly kind: "name" | "number" | "text" | "sign" | "end";
  /** Of a name or text: what it says, without quotes. */
  readonly text: string;
  /** In backticks: never a word of the language. */
  readonly quoted: boolean;
  /** 1-based character. */
  readonly position: number;
  readonly length: number;
}

export type Tokens =
  | { readonly ok: true; readonly tokens: readonly Token[] }
  | { readonly ok: false; readonly problem: ShortProblem };

const signs = "+/.(),=!*";
const nameStart = /[\p{L}_]/u;
const namePart = /[\p{L}\p{N}_-]/u;
const numberForm = /-?\d+(?:\.\d+)?/y;

/** Never throws; one pass. */
export function tokensOf(source: string): Tokens {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const sign = source.charAt(at);
    if (/\s/.test(sign)) {
      at++;
      continue;
    }
    const read = readAt(source, at, tokens.at(-1));
    if ("sentence" in read) return { ok: false, problem: read };
    tokens.push(read);
    at += read.length;
  }
  tokens.push({ kind: "end", text: "", quoted: false, position: source.length + 1, length: 1 });
  return { ok: true, tokens };
}

function readAt(source: string, at: number, before: Token | undefined): Token | ShortProblem {
  const first = String.fromCodePoint(source.codePointAt(at) ?? 0);
  const position = at + 1;
  if (first === '"' || first === "'") return readText(source, at, first);
  if (first === "`") return readQuotedName(source, at);
  // After a point comes a name or a number that belongs to a name: `operation.2` is no decimal.
  numberForm.lastIndex = at;
  const number = numberForm.exec(source)?.[0];
  if (number !== undefined && before?.text !== "." && before?.text !== "/") {
    const after = source.slice(at + number.length, at + number.length + 2);
    // What would not come back the same as a number is a code: 007, 1.50, more digits than a number holds.
    const isNumber = String(Number(number)) === number;
    if (isNumber && !namePart.test(after.charAt(0)))
      return { kind: "number", text: number, quoted: false, position, length: number.length };
  }
  if (nameStart.test(first) || /\d/.test(first)) {
    const length = lengthOfName(source, at);
    return { kind: "name", text: source.slice(at, at + length), quoted: false, position, length };
  }
  if (signs.includes(first)) return { kind: "sign", text: first, quoted: false, position, length: 1 };
  return { code: "unknown_sign", sentence: refusalOf(first), position, length: first.length };
}

function lengthOfName(source: string, at: number): number {
  let end = at;
  while (end < source.length) {
    const character = String.fromCodePoint(source.codePointAt(end) ?? 0);
    if (!namePart.test(character)) break;
    end += character.length;
  }
  return end - at;
}

function refusalOf(sign: string): string {
  if (sign === "&") return "Values are put together with +, not with &.";
  if (sign === "$") return "Functions are written without $ in short form: money(…), phone(…), valueMap(…).";
  if (sign === ";") return "Conditions of a filter are separated by a comma.";
  if (sign === "[" || sign === "]")
    return 'The element of a list is chosen in round brackets: addresses(main), authorizations(authorizationCode="EMAIL").';
  if (sign === "-") return "Nothing can be subtracted in short form. Write an expression for that.";
  if (sign === "<" || sign === ">")
    return "Only = and != compare in short form. Write an expression for more.";
  return `The character ${sign} has no meaning here. Put text in quotes, and names with such characters in backticks: \`my name\`.`;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t" };

function readText(source: string, at: number, quote: string): Token | ShortProblem {
  let text = "";
  for (let end = at + 1; end < source.length; end++) {
    const character = source.charAt(end);
    if (character === quote)
      return { kind: "text", text, quoted: true, position: at + 1, length: end + 1 - at };
    if (character === "\\" && end + 1 < source.length) {
      end++;
      const escaped = source.charAt(end);
      text += escapes[escaped] ?? escaped;
    } else text += character;
  }
  const sentence = `The text that begins here has no closing ${quote}.`;
  return { code: "unclosed", sentence, position: at + 1, length: source.length - at };
}

function readQuotedName(source: string, at: number): Token | ShortProblem {
  const end = source.indexOf("`", at + 1);
  if (end === -1)
    return {
      code: "unclosed",
      sentence: "The name that begins here has no closing `.",
      position: at + 1,
      length: source.length - at,
    };
  if (end === at + 1)
    return {
      code: "name_expected",
      sentence: "There is no name between the backticks.",
      position: at + 1,
      length: 2,
    };
  return {
    kind: "name",
    text: source.slice(at + 1, end),
    quoted: true,
    position: at + 1,
    length: end + 1 - at,
  };
}
