/**
 * The forms in which values are compared when a rule says "normalised", and the LIKE patterns that find every record of
 * such a form. All of it takes time in proportion to the text.
 */
import { parsePhone } from "../mapping/functions/phone";
import type { FieldDescribe, FieldType } from "../side";
import { ambiguous, suffixes } from "./suffixes";

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

interface Word {
  /** Folded. */
  readonly text: string;
  readonly raw: string;
  /** What stands before it and behind it, up to the next word. */
  readonly before: string;
  readonly after: string;
}

function wordsOf(text: string): Word[] {
  const found = [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)];
  return found.flatMap(({ 0: raw, index }, nth) => {
    const last = found[nth - 1];
    const before = text.slice(last ? last.index + last[0].length : 0, index);
    const after = text.slice(index + raw.length, found[nth + 1]?.index);
    const folded = fold(raw);
    return folded === "" ? [] : [{ text: folded, raw, before, after }];
  });
}

/** Never all of it: a company may be called Co. Suffixes in letters ("S.A.", "S. à r. l.") count as one word. */
function withoutSuffixes(words: readonly Word[]): readonly Word[] {
  const mixedCase = words.some(({ raw }) => /\p{Ll}/u.test(raw));
  let end = words.length;
  for (;;) {
    const size = suffixSize(words, end, mixedCase);
    if (size === 0 || size >= end) return words.slice(0, end);
    end -= size;
  }
}

/** Longest suffix first: "s p a" is one, and not "a" behind "s p". */
const mostLetters = 5;

function suffixSize(words: readonly Word[], end: number, mixedCase: boolean): number {
  for (let size = Math.min(mostLetters, end); size > 1; size--) {
    const tail = words.slice(end - size, end).map(({ text }) => text);
    if (tail.every((text) => text.length === 1) && suffixes.has(tail.join(""))) return size;
  }
  const word = words[end - 1];
  if (!word || !suffixes.has(word.text)) return 0;
  const isStripped = end < words.length;
  return !ambiguous.has(word.text) || isMeantAsSuffix(word, mixedCase, isStripped) ? 1 : 0;
}

/**
 * A hotel has a spa and a ballet is a company: such a word is the suffix only where it is written as one: behind a comma, in
 * capitals where not everything is, as an abbreviation, or as in `& Co KG`.
 */
function isMeantAsSuffix({ text, raw, before, after }: Word, mixedCase: boolean, isStripped: boolean) {
  const inCapitals = /\p{Lu}.*\p{Lu}/u.test(raw) && (mixedCase || /\p{Ll}/u.test(raw));
  const isAbbreviated = text === "co" && (after.startsWith(".") || isStripped);
  return before.includes(",") || inCapitals || isAbbreviated;
}

/** A name of a person, without case, accents and punctuation. */
export function personName(value: unknown): string {
  return typeof value === "string"
    ? wordsOf(value)
        .map(({ text }) => text)
        .join(" ")
    : "";
}

const ofPeople = /^(First|Middle|Last)Name$/;

/** Four digits make a number of it: those are written with or without spaces, dots and hyphens. */
function isNumber(words: readonly Word[]): boolean {
  return (textOf(words, "").match(/\p{N}/gu)?.length ?? 0) >= 4;
}

function textOf(words: readonly Word[], between: string): string {
  return words.map(({ text }) => text).join(between);
}

function partsOf(value: string, field: Shape): readonly Word[] {
  const words = wordsOf(value);
  return ofPeople.test(field.name) ? words : withoutSuffixes(words);
}

/** How a text reads without what a rule does not look at. Empty where nothing is left, which is like nothing. */
export function normalText(value: string, field: Shape): string {
  const parts = partsOf(value, field);
  return textOf(parts, isNumber(parts) ? "" : " ");
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

/** Letters that often bear a mark, and letters that do in some language: as in ř, ł, ğ, đ. */
const oftenMarked = "aceinosuyz";
const sometimesMarked = ["acdeghijklnorstuwyz", "acdegilnorstuyz"];
/** So many letters have to be left to find a record by. */
const leastLetters = { often: 2, sometimes: 3 };
const longestNumber = 40;

/**
 * A pattern that values with the same normal form fit: found rows are compared here anyway, so it may fit more. Where the
 * value consists of letters that may bear a mark, the rarer marks are not looked for, or it would find half the org. Null
 * where LIKE would find too much in any case, or is not needed: then the value is asked for as it is.
 */
export function likePattern(value: string, field: Shape): string | null {
  if (!liked.has(field.type)) return null;
  if (field.type === "phone") {
    const digits = phoneDigits(value);
    return digits === "" ? null : around([...digits.slice(-leastDigits)]);
  }
  const parts = partsOf(value, field);
  if (isNumber(parts)) {
    // Written with or without spaces: what stands between its letters and digits may be anything.
    const plain = parts.flatMap(({ raw }) => [...masked(raw, oftenMarked).replace(/[%_]/g, "")]);
    return plain.length > longestNumber ? null : around(plain);
  }
  const patternOf = (letters: string) => around(parts.map(({ raw }) => masked(raw, letters)));
  const wide = sometimesMarked.map(patternOf).find((pattern) => lettersIn(pattern) >= leastLetters.sometimes);
  if (wide !== undefined) return wide;
  const narrow = patternOf(oftenMarked);
  return lettersIn(narrow) < leastLetters.often ? null : narrow;
}

/** Before, behind and between them may stand anything. */
function around(parts: readonly string[]): string {
  return `%${parts.join("%")}%`;
}

function lettersIn(pattern: string): number {
  return pattern.replace(/[%_]/g, "").length;
}

/**
 * A word with any one letter for each that bears a mark, or is one of `letters` and may; two that may be one letter (ß, æ, œ,
 * þ), or the other way round, are any number.
 */
function masked(raw: string, letters: string): string {
  const plain = [...raw.normalize("NFC").toLowerCase()].map((letter) => {
    const text = fold(letter);
    return text === letter ? letter : text.length === 1 ? "_" : "%";
  });
  return plain
    .join("")
    .replace(/ss|ae|oe|th/g, "%")
    .replace(/[a-z]/g, (letter) => (letters.includes(letter) ? "_" : letter));
}
