import { idText, type Json } from "../venue/json";
import { countryCodes } from "./country-codes";
import { longest } from "./lengths";

/** What is wrong with a value that is not null, to be read behind the member's path; null when nothing is. */
export type Rule = (value: Json) => string | null;

export function text(characters: number): Rule {
  return (value) => {
    if (typeof value !== "string") return "is not a text";
    const { length } = value;
    return length > characters ? `has ${length} characters, at most ${characters} are allowed` : null;
  };
}

export const isRequired = "is required";

/** A value that must be there and, as a text, not be blank. */
export function required(rule: Rule): Rule {
  return (value) =>
    value === null || (typeof value === "string" && value.trim() === "") ? isRequired : rule(value);
}

export const flag: Rule = (value) => (typeof value === "boolean" ? null : "is neither true nor false");

export const id: Rule = (value) => (idText(value) === null ? "is not an id" : null);

export const country: Rule = (value) =>
  typeof value === "string" && countryCodes.has(value) ? null : "is not an ISO 3166 alpha-2 country code";

export const language: Rule = (value) =>
  typeof value === "string" && /^[a-z]{2}$/.test(value) ? null : "is not a two-letter language code";

/** Any text: an unknown title is no violation, it is stored as UNDEFINED (Salesforce guide). */
export const title: Rule = (value) => (typeof value === "string" ? null : "is not a text");

/** An e-mail address as far as its syntax tells: one @, no blanks, a domain of labels. */
export const email: Rule = (value) => {
  if (typeof value !== "string") return "is not a text";
  const [local = "", domain = "", ...more] = value.split("@");
  const labels = domain.split(".");
  const isLocal = /^[^\s@<>(),;:\\"[\]]{1,64}$/.test(local) && !/^\.|\.\.|\.$/.test(local);
  const isDomain =
    labels.length > 1 && labels.every((label) => /^[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?$/u.test(label));
  if (more.length > 0 || !isLocal || !isDomain) return "is not an e-mail address";
  return text(longest.email)(value);
};

/** "prefix / number": prefix of 1 to 3 digits, national number of at most 15. Blanks in it only where S-360 puts them. */
export function phone(mayBeSpaced: boolean): Rule {
  return (value) => {
    const [, national] = (typeof value === "string" && /^\d{1,3} \/ (\d+(?: \d+)*)$/.exec(value)) || [];
    if (national === undefined || (!mayBeSpaced && national.includes(" ")))
      return 'is not a phone number of the form "prefix / number"';
    const digits = national.replaceAll(" ", "").length;
    return digits > longest.nationalPhone
      ? `has ${digits} digits behind the prefix, at most ${longest.nationalPhone} are allowed`
      : null;
  };
}

const isoInstant =
  /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d)$/;

export const instant: Rule = (value) => {
  const [, year, month, day] = (typeof value === "string" && isoInstant.exec(value)) || [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const exists = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return exists ? null : "is not an ISO 8601 instant";
};

export function listOf(rule: Rule): Rule {
  return (value) => {
    if (!Array.isArray(value)) return "is not a list";
    return value.map(rule).find((complaint) => complaint !== null) ?? null;
  };
}
