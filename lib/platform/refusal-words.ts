/** Why a request is refused, for the person who sent it: no path of JSON, no word of the schema library. Pure. */
import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** "Line 4, note: at most 500 characters." */
export function refusalSentence(issue: Issue): string {
  const place = placeOf(issue.path);
  const reason = reasonOf(issue);
  const sentence = place === "" ? reason : `${place}: ${reason}`;
  const whole = sentence.charAt(0).toUpperCase() + sentence.slice(1);
  return /[.?…]$/.test(whole) ? whole : `${whole}.`;
}

/** What wraps what a person typed, and is no name of anything they see. */
const wrappers = new Set(["document", "entries", "settings", "draft"]);

function placeOf(path: readonly PropertyKey[]): string {
  const words: string[] = [];
  for (const segment of path.map(String)) {
    if (wrappers.has(segment)) continue;
    const nth = /^\d+$/.test(segment) ? Number(segment) + 1 : null;
    const list = words.at(-1);
    if (nth === null) words.push(inWords(segment));
    else if (list !== undefined) words[words.length - 1] = `${singular(list)} ${nth}`;
    else words.push(`number ${nth}`);
  }
  return words.join(", ");
}

/** `keyField` as "key field". What an admin named is long or has other signs: it stays as it is. */
function inWords(name: string): string {
  return /^[a-z]+([A-Z][a-z]+)+$/.test(name)
    ? name.replace(/[A-Z]/g, (sign) => ` ${sign.toLowerCase()}`)
    : name;
}

function singular(word: string): string {
  return word.endsWith("s") ? word.slice(0, -1) : word;
}

/** The library's own messages; all others are the schema's, and for people. */
const own = /^(Invalid|Too (big|small)|Unrecognized)\b/;

function reasonOf(issue: Issue): string {
  if (!own.test(issue.message)) return issue.message;
  switch (issue.code) {
    case "invalid_type":
      return /received undefined$/.test(issue.message)
        ? "is missing"
        : `must be ${typeWords[issue.expected] ?? "something else"}`;
    case "invalid_value":
      return `must be ${alternatives(issue.values.map(String))}`;
    case "too_small":
      return `at least ${measure(issue.origin, Number(issue.minimum))}`;
    case "too_big":
      return `at most ${measure(issue.origin, Number(issue.maximum))}`;
    case "unrecognized_keys":
      return `${alternatives(issue.keys.map((key) => `“${key.slice(0, shownLength)}”`))} is not known here`;
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}`;
    case "invalid_union":
    case "invalid_key":
    case "invalid_element":
    case "invalid_format":
    case "custom":
      return "this cannot be used here";
  }
}

const shownLength = 60;

const typeWords: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "yes or no",
  array: "a list",
  object: "a group of values",
  record: "a group of values",
  null: "empty",
};

function measure(origin: string, size: number): string {
  if (origin === "string") return size === 1 ? "one character" : `${size} characters`;
  if (
    origin === "array" ||
    origin === "set" ||
    origin === "map" ||
    origin === "object" ||
    origin === "record"
  )
    return size === 1 ? "one entry" : `${size} entries`;
  return String(size);
}

function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}
