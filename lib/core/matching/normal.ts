/**
 * The forms in which values are compared when a rule says "normalised", and the LIKE patterns that find every record of
 * such a form. All of it takes time in proportion to the text.
 */
import { parsePhone } from "../mapping/functions/phone";
import type { FieldDescribe, FieldType } from "../side";
import { suffixes } from "./suffixes";

type Shape = Pick<FieldDescribe, "name" | "type">;

/** Letters that are no letter with an accent, in two where they stand for two. */
const folded: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[ßæœøłđðþı]/g, (letter) => folded[letter] ?? letter);
}

function wordsOf(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

/** Never all of it: a company may be called Co. Suffixes in letters ("S.A.", "S. à r. l.") count as one word. */
function withoutSuffixes(words: readonly string[]): readonly string[] {
  let end = words.length;
  for (;;) {
    const size = suffixSize(words, end);
    if (size === 0 || size >= end) return words.slice(0, end);
    end -= size;
  }
}

/** Longest suffix first: "s p a" is one, and not "a" behind "s p". */
const mostLetters = 5;

function suffixSize(words: readonly string[], end: number): number {
  for (let size = Math.min(mostLetters, end); size > 1; size--) {
    const tail = words.slice(end - size, end);
    if (tail.every((word) => word.length === 1) && suffixes.has(tail.join(""))) return size;
  }
  return suffixes.has(words[end - 1] ?? "") ? 1 : 0;
}

/** A name of a person, without case, accents and punctuation. */
export function personName(value: unknown): string {
  return typeof value === "string" ? wordsOf(value).join(" ") : "";
}

const ofPeople = /^(First|Middle|Last)Name$/;

/** Four digits make a number of it: those are written with or without spaces, dots and hyphens. */
function isNumber(words: readonly string[]): boolean {
  return (words.join("").match(/\p{N}/gu)?.length ?? 0) >= 4;
}

function partsOf(value: string, field: Shape): readonly string[] {
  const words = wordsOf(value);
  const parts = ofPeople.test(field.name) ? words : withoutSuffixes(words);
  return isNumber(parts) ? [parts.join("")] : parts;
}

/** How a text reads without what a rule does not look at. Empty where nothing is left, which is like nothing. */
export function normalText(value: string, field: Shape): string {
  return partsOf(value, field).join(" ");
}

/** The national part of a number without its trunk zeros; "" where there are too few digits to tell two apart. */
export function phoneDigits(value: string): string {
  const digits = parsePhone(value)?.nationalNumber ?? value.replace(/\D/g, "");
  const bare = digits.replace(/^0+/, "");
  return bare.length < leastDigits ? "" : bare;
}

const leastDigits = 7;

/** Two ways of writing one number. Where one of them has no country, its national part is all there is to compare. */
export function samePhone(a: string, b: string): boolean {
  const [left, right] = [parsePhone(a), parsePhone(b)];
  if (left && right) return left.number === right.number;
  const [digits, others] = [phoneDigits(a), phoneDigits(b)];
  return digits !== "" && digits === others;
}

/** Types that SOQL compares by LIKE. */
const liked: ReadonlySet<FieldType> = new Set(["text", "phone", "url", "picklist"]);

/**
 * A pattern that every value with the same normal form fits: found rows are compared here anyway. Null where LIKE would
 * find too much to be of use, or is not needed: then the value is asked for as it is.
 */
export function likePattern(value: string, field: Shape): string | null {
  if (!liked.has(field.type)) return null;
  if (field.type === "phone") {
    const digits = phoneDigits(value);
    return digits === "" ? null : `%${[...digits.slice(-leastDigits)].join("%")}`;
  }
  const parts = partsOf(value, field);
  if (isNumber(parts)) return parts.join("").length > 40 ? null : `${[...parts.join("")].join("%")}%`;
  // A letter that may bear an accent is any one; two that may be one letter (ß, æ, œ) are any number.
  const masked = parts.map((part) => part.replace(/ss|ae|oe/g, "%").replace(/[aceinosuyz]/g, "_"));
  const pattern = `${masked.join("%")}%`;
  return pattern.replace(/[%_]/g, "").length < 2 ? null : pattern;
}
