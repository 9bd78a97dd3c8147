/** A condition as it is typed, cut at its outermost words and signs. Pure. */

/** A word or sign that stands outside of all quotes and brackets. */
export interface Joint {
  readonly word: string;
  /** 0-based characters. */
  readonly from: number;
  readonly to: number;
}

const words: ReadonlySet<string> = new Set(["and", "or", "in"]);
const compared = /^(?:!=|<=|>=|[=<>])/;
const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
const isWordPart = /[\p{L}\p{N}_$.-]/u;

/** In one pass; null where a quote or a bracket has no partner. */
export function jointsOf(text: string): readonly Joint[] | null {
  const joints: Joint[] = [];
  const open: string[] = [];
  let at = 0;
  while (at < text.length) {
    const sign = text.charAt(at);
    let to = at + 1;
    if (sign === '"' || sign === "'" || sign === "`") {
      to = endOfQuote(text, at);
      if (to === -1) return null;
    } else if (closing[sign] !== undefined) open.push(closing[sign]);
    else if (sign === ")" || sign === "]" || sign === "}") {
      if (open.pop() !== sign) return null;
    } else if (isWordPart.test(sign)) {
      while (to < text.length && isWordPart.test(text.charAt(to))) to++;
      const word = text.slice(at, to);
      if (open.length === 0 && words.has(word)) joints.push({ word, from: at, to });
    } else if (open.length === 0) {
      const word = compared.exec(text.slice(at, at + 2))?.[0];
      if (word !== undefined) {
        to = at + word.length;
        joints.push({ word, from: at, to });
      }
    }
    at = to;
  }
  return open.length === 0 ? joints : null;
}

/** Behind the closing quote; -1 without one. */
function endOfQuote(text: string, from: number): number {
  const quote = text.charAt(from);
  for (let at = from + 1; at < text.length; at++) {
    if (text.charAt(at) === "\\" && quote !== "`") at++;
    else if (text.charAt(at) === quote) return at + 1;
  }
  return -1;
}
